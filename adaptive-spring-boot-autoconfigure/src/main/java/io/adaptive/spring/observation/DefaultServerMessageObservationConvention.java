package io.adaptive.spring.observation;

import io.micrometer.common.KeyValues;

/**
 * Describes a message that is handled with the key values of
 * {@link MessageObservation#SERVER_MESSAGES}. Services and message types beyond the first
 * 200 are told as {@code other}.
 */
public class DefaultServerMessageObservationConvention implements ServerMessageObservationConvention {

	private final MessageKeyValues keyValues = new MessageKeyValues();

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
		return context.highKeyValues(this.keyValues);
	}

}
