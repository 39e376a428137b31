package io.adaptive.spi;

import io.adaptive.message.CallerContext;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The message in an envelope. It is decoded by its consumer, and only to a type that the
 * consumer names.
 */
public interface Payload {

	/**
	 * Returns the message type's name on the wire.
	 * @return the name
	 */
	String typeName();

	/**
	 * Returns the size of the message for flow control.
	 * @return the encoded size in bytes; for a message that is not encoded, an estimate
	 * of its memory, 0 for a small message
	 */
	int size();

	/**
	 * Decodes the message to a type. Can be called repeatedly.
	 * @param <T> the type
	 * @param type a concrete type with the name of this payload
	 * @return the message
	 * @throws MessageCodecException if the content does not fit the type
	 */
	default <T> T decode(Class<T> type) {
		return decode(MessageType.of(type));
	}

	/**
	 * Decodes the message to a type with type arguments. Can be called repeatedly.
	 * @param <T> the type
	 * @param type a concrete type with the name of this payload
	 * @return the message
	 * @throws MessageCodecException if the content does not fit the type
	 */
	<T> T decode(MessageType<T> type);

	/**
	 * Returns whether {@link #decode} can decode to a type without generating or
	 * compiling code first. Never blocks.
	 * @param type a concrete type with the name of this payload
	 * @return whether an event loop may decode it
	 */
	default boolean isReady(MessageType<?> type) {
		return true;
	}

	/**
	 * Returns the class to decode to if the consumer names none.
	 * @return the class, {@code null} if the name is neither that of a registered type
	 * nor that of a JDK value
	 */
	@Nullable Class<?> knownType();

	/**
	 * Returns the context captured from the thread that sent the message.
	 * @return the context, {@code null} if there is none or if the message came from
	 * another process
	 */
	default CallerContext.@Nullable Captured callerContext() {
		return null;
	}

}
