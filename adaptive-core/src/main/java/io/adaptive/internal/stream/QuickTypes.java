package io.adaptive.internal.stream;

import java.lang.reflect.Type;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.adaptive.message.MessageType;
import io.adaptive.spi.Payload;

/**
 * The types of received messages whose last decoding was quick. A caller with a deadline
 * decodes those on its own thread, which costs no switch of threads; others are decoded
 * by a callback thread, which the caller leaves at its deadline. Thread-safe.
 */
final class QuickTypes {

	/** Many times the decoding of an ordinary message, and little beside a deadline. */
	private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	/** Bounded by the types that this program names. */
	private final Set<Key> quick = ConcurrentHashMap.newKeySet();

	boolean contains(MessageType<?> type, Payload payload) {
		return this.quick.contains(new Key(type.genericType(), payload.typeName()));
	}

	/**
	 * Notes the time of a decoding.
	 * @param nanos the time in nanoseconds
	 */
	void decoded(MessageType<?> type, Payload payload, long nanos) {
		Key key = new Key(type.genericType(), payload.typeName());
		if (nanos > QUICK_NANOS) {
			this.quick.remove(key);
		}
		else {
			this.quick.add(key);
		}
	}

	/**
	 * A type of messages.
	 *
	 * @param type the type named by the receiver
	 * @param member the name of the message, which distinguishes the members of a sealed
	 * type
	 */
	private record Key(Type type, String member) {
	}

}
