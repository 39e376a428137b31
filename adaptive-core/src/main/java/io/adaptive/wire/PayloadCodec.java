package io.adaptive.wire;

import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Turns messages into bytes and back. Implementations are safe for use by many threads.
 */
public interface PayloadCodec {

	/**
	 * Returns the name that both ends of a connection agree on.
	 * @return the name
	 */
	String name();

	/**
	 * Encodes a message.
	 * @param <T> what is made of the bytes
	 * @param message the message
	 * @param use gets the bytes
	 * @return what the use made of them
	 * @throws io.adaptive.message.MessageCodecException if the message or something in it
	 * has a type that cannot be encoded
	 */
	<T> T encode(Object message, Use<T> use);

	/**
	 * Reads a message of a known type.
	 * @param <T> the type
	 * @param type a concrete type; nothing but it and what its declaration contains is
	 * ever instantiated
	 * @param encoded exactly the message
	 * @return the message
	 * @throws io.adaptive.message.MessageCodecException if the bytes do not fit
	 */
	default <T> T decode(Class<T> type, byte[] encoded) {
		return decode(MessageType.of(type), encoded);
	}

	/**
	 * Reads a message of a known type with type arguments.
	 * @param <T> the type
	 * @param type a concrete type, or a collection; nothing but it and what its
	 * declaration contains is ever instantiated
	 * @param encoded exactly the message
	 * @return the message
	 * @throws io.adaptive.message.MessageCodecException if the bytes do not fit
	 */
	<T> T decode(MessageType<T> type, byte[] encoded);

	/**
	 * Finds the class of a message whose receiver names none.
	 * @param typeName the message's name
	 * @return the class, {@code null} if this codec is not told any by that name
	 */
	default @Nullable Class<?> knownType(String typeName) {
		return null;
	}

	/**
	 * Prepares a type, so that its first message is as fast as the others. May take a
	 * second; returns at once for a type that is prepared.
	 * @param type the type
	 */
	void warmUp(Class<?> type);

	/**
	 * Takes the bytes of a message from a codec, which will overwrite them with those of
	 * the next.
	 *
	 * @param <T> what is made of them
	 */
	@FunctionalInterface
	interface Use<T> {

		/**
		 * Copies what it needs.
		 * @param bytes begins with the encoded message
		 * @param length how many of the bytes are the message
		 * @return what was made of them
		 */
		T apply(byte[] bytes, int length);

	}

}
