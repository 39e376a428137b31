package io.adaptive.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How a message that is handled is named and described where it is observed. A bean of
 * this type replaces {@link DefaultServerMessageObservationConvention}.
 */
public interface ServerMessageObservationConvention extends ObservationConvention<ServerMessageContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ServerMessageContext;
	}

}
