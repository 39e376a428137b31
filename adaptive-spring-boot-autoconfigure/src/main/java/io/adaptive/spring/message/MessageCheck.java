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
 * A check of the declared types of handlers and clients against the codecs that an
 * application and its peers may use. Thread-safe.
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
	 * Creates a check.
	 * @param codec the name of the codec of the application
	 * @param registered the registered types
	 */
	public MessageCheck(String codec, Collection<Class<?>> registered) {
		this.codec = codec;
		this.others = Codecs.namesOnClassPath();
		this.others.remove(codec);
		this.registered = RegisteredTypes.of(registered);
	}

	/**
	 * Returns the obstacle to encoding a type with the codec of the application. Logs one
	 * warning for a type that only other codecs cannot encode.
	 * @param type the type
	 * @return the obstacle and its place, as text; empty if the type can be encoded
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
