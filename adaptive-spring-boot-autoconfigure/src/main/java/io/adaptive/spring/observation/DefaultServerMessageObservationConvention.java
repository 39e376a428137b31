package io.adaptive.spring.observation;

import java.util.function.Function;

import io.adaptive.stream.ObservedMessage;
import io.micrometer.common.KeyValues;

/**
 * The default convention for handled messages, with the key values of
 * {@link MessageObservation#SERVER_MESSAGES}. Services and message types beyond the first
 * 200 are reported as {@code other}.
 */
public class DefaultServerMessageObservationConvention implements ServerMessageObservationConvention {

	private final MessageKeyValues keyValues = new MessageKeyValues();

	private final Function<ObservedMessage, KeyValues> highKeyValues = this.keyValues::high;

	@Override
	public String getName() {
		return "adaptive.server.messages";
	}

	@Override
	public String getContextualName(ServerMessageContext context) {
		return context.message().connection().service() + " " + context.message().type();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ServerMessageContext context) {
		return this.keyValues.low(context.message(), context.outcome());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ServerMessageContext context) {
		return context.highKeyValues(this.highKeyValues);
	}

}
