package io.adaptive.spring.observation;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.TraceTag;
import io.adaptive.spring.observation.MessageObservation.HighCardinality;
import io.adaptive.spring.observation.MessageObservation.LowCardinality;
import io.adaptive.stream.ObservedMessage;
import io.micrometer.common.KeyValues;

/**
 * The key values of a message at either end.
 */
final class MessageKeyValues {

	private final BoundedNames services = new BoundedNames();

	private final BoundedNames types = new BoundedNames();

	/** Cache, because the values repeat and are requested twice per message. */
	private final Map<Kind, KeyValues> known = new ConcurrentHashMap<>();

	KeyValues low(ObservedMessage message, ErrorCode outcome) {
		Kind kind = new Kind(message.connection().service(), message.type(), message.connection().scope(), outcome);
		KeyValues values = this.known.get(kind);
		return (values != null) ? values : add(kind);
	}

	/**
	 * Adds to the cache, except for values beyond the limit of names.
	 */
	private KeyValues add(Kind kind) {
		String service = this.services.of(kind.service.toString());
		String type = this.types.of(kind.type);
		KeyValues values = KeyValues.of(LowCardinality.SERVICE.withValue(service),
				LowCardinality.MESSAGE.withValue(type),
				LowCardinality.SCOPE.withValue(kind.scope.name().toLowerCase(Locale.ROOT)),
				LowCardinality.OUTCOME.withValue(kind.outcome.name()));
		if (!service.equals(BoundedNames.OTHER) && !type.equals(BoundedNames.OTHER)) {
			this.known.put(kind, values);
		}
		return values;
	}

	KeyValues high(ObservedMessage message) {
		KeyValues place = KeyValues.of(HighCardinality.PEER.withValue(message.connection().peer().toString()),
				HighCardinality.STREAM.withValue(Integer.toString(message.stream())));
		TraceTag tag = message.headers().traceTag();
		return (tag == null) ? place : place.and(HighCardinality.TOKEN.withValue(tag.token().toString()));
	}

	private record Kind(ServiceName service, String type, Scope scope, ErrorCode outcome) {
	}

}
