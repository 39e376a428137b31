package io.adaptive.spring.observation;

import java.util.function.Function;

import io.adaptive.stream.ObservedMessage;
import io.micrometer.common.KeyValues;

/**
 * The default convention for sent messages, with the key values of
 * {@link MessageObservation#CLIENT_MESSAGES}. Services and message types beyond the first
 * 200 are reported as {@code other}.
 */
public class DefaultClientMessageObservationConvention implements ClientMessageObservationConvention {

	private final MessageKeyValues keyValues = new MessageKeyValues();

	private final Function<ObservedMessage, KeyValues> highKeyValues = this.keyValues::high;

	@Override
	public String getName() {
		return "adaptive.client.messages";
	}

	@Override
	public String getContextualName(ClientMessageContext context) {
		return context.message().connection().service() + " " + context.message().type();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ClientMessageContext context) {
		return this.keyValues.low(context.message(), context.outcome());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ClientMessageContext context) {
		return context.highKeyValues(this.highKeyValues);
	}

}
