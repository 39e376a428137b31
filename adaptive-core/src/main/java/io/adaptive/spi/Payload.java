package io.adaptive.spi;

import io.adaptive.message.CallerContext;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * A message inside its envelope. It is decoded late, where it is consumed, and only to a
 * type that its consumer names.
 */
public interface Payload {

	/**
	 * Returns the message type's name on the wire.
	 * @return the name
	 */
	String typeName();

	/**
	 * Returns how large the message is, as far as credit is concerned.
	 * @return the encoded size in bytes; for a message that was never encoded about the
	 * memory that it takes, 0 for a small one
	 */
	int size();

	/**
	 * Gives the message as the type asked for. May be called any number of times.
	 * @param <T> the type
	 * @param type a concrete type of this payload's name
	 * @return the message
	 * @throws MessageCodecException if the content does not fit the type
	 */
	default <T> T decode(Class<T> type) {
		return decode(MessageType.of(type));
	}

	/**
	 * Gives the message as the type asked for, with its type arguments. May be called any
	 * number of times.
	 * @param <T> the type
	 * @param type a concrete type of this payload's name
	 * @return the message
	 * @throws MessageCodecException if the content does not fit the type
	 */
	<T> T decode(MessageType<T> type);

	/**
	 * Returns whether {@link #decode} reads a type without generating or compiling code
	 * first. Never blocks.
	 * @param type a concrete type of this payload's name
	 * @return whether an event loop may decode it
	 */
	default boolean isReady(MessageType<?> type) {
		return true;
	}

	/**
	 * Finds the class to decode to when its consumer names none.
	 * @return the class, {@code null} if this program knows none by the name: none that
	 * it registers, and none among the values of the JDK
	 */
	@Nullable Class<?> knownType();

	/**
	 * Returns what the thread that sent the message carried.
	 * @return what it carried, {@code null} if nothing or if the message came from
	 * another process
	 */
	default CallerContext.@Nullable Captured callerContext() {
		return null;
	}

}
