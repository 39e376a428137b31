package io.adaptive.spring.message;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.internal.wire.EncodingObstacle;
import io.adaptive.internal.wire.RegisteredTypes;
import io.adaptive.message.MessageType;

/**
 * Checks the declared types of handlers and clients with the codecs that an application
 * and its peers may use. Safe for use by many threads.
 */
public final class MessageCheck {

	/** The advice for a type that has an obstacle. */
	public static final String ACTION = "Use a record, another concrete class or a sealed type there, or register its types "
			+ "(@RegisteredType, adaptive.registered-types).";

	private static final KeyValueLogger logger = KeyValueLogger.of(MessageCheck.class);

	private final String codec;

	private final Set<String> others;

	private final RegisteredTypes registered;

	/** The types that were warned of; only those that the application declares. */
	private final Set<MessageType<?>> warned = ConcurrentHashMap.newKeySet();

	/**
	 * Makes a check.
	 * @param codec the name of the codec that the application uses itself
	 * @param registered the types that it registers
	 */
	public MessageCheck(String codec, Collection<Class<?>> registered) {
		this.codec = codec;
		this.others = Codecs.namesOnClassPath();
		this.others.remove(codec);
		this.registered = RegisteredTypes.of(registered);
	}

	/**
	 * Looks for what keeps a type from being encoded by the application's own codec, and
	 * warns once of a type that only other codecs cannot encode.
	 * @param type the type
	 * @return what it is and where, in words; empty if nothing is known against the type
	 */
	public Optional<String> obstacle(MessageType<?> type) {
		Optional<String> own = EncodingObstacle.of(type.genericType(), this.registered, this.codec);
		if (own.isEmpty()) {
			warn(type);
		}
		return own;
	}

	private void warn(MessageType<?> type) {
		Map<String, String> obstacles = new LinkedHashMap<>();
		this.others.forEach((other) -> EncodingObstacle.of(type.genericType(), this.registered, other)
			.ifPresent((obstacle) -> obstacles.put(other, obstacle)));
		if (!obstacles.isEmpty() && this.warned.add(type)) {
			logger.warn("message type cannot be encoded for peers with another codec type={} codecs={} reason=\"{}\"",
					type.genericType().getTypeName(), obstacles.keySet(), obstacles.values().iterator().next());
		}
	}

}
