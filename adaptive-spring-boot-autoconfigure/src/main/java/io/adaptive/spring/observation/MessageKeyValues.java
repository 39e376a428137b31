package io.adaptive.spring.observation;

import java.util.Locale;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.TraceTag;
import io.adaptive.spring.observation.MessageObservation.HighCardinality;
import io.adaptive.spring.observation.MessageObservation.LowCardinality;
import io.adaptive.stream.ObservedMessage;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * What is told of a message at either end.
 */
final class MessageKeyValues {

	private final BoundedNames services = new BoundedNames();

	private final BoundedNames types = new BoundedNames();

	KeyValues low(ObservedMessage message, ErrorCode outcome) {
		return KeyValues.of(
				LowCardinality.SERVICE.withValue(this.services.of(message.connection().service().toString())),
				LowCardinality.MESSAGE.withValue(this.types.of(message.type())),
				LowCardinality.SCOPE.withValue(message.connection().scope().name().toLowerCase(Locale.ROOT)),
				LowCardinality.OUTCOME.withValue(outcome.name()));
	}

	KeyValues high(ObservedMessage message) {
		KeyValue peer = HighCardinality.PEER.withValue(message.connection().peer().toString());
		TraceTag tag = message.headers().traceTag();
		return (tag == null) ? KeyValues.of(peer)
				: KeyValues.of(peer, HighCardinality.TOKEN.withValue(tag.token().toString()));
	}

}
