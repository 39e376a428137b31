package io.adaptive.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * The convention of names and key values for observations of handled messages. A bean of
 * this type replaces {@link DefaultServerMessageObservationConvention}.
 */
public interface ServerMessageObservationConvention extends ObservationConvention<ServerMessageContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ServerMessageContext;
	}

}
