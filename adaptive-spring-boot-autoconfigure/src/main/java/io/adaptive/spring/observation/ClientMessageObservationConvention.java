package io.adaptive.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How a message that is sent is named and described where it is observed. A bean of this
 * type replaces {@link DefaultClientMessageObservationConvention}.
 */
public interface ClientMessageObservationConvention extends ObservationConvention<ClientMessageContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ClientMessageContext;
	}

}
