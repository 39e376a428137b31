package io.adaptive.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * The convention of names and key values for observations of sent messages. A bean of
 * this type replaces {@link DefaultClientMessageObservationConvention}.
 */
public interface ClientMessageObservationConvention extends ObservationConvention<ClientMessageContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ClientMessageContext;
	}

}
