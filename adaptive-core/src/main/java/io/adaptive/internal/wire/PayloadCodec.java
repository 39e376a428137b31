package io.adaptive.internal.wire;

import java.util.Set;

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
	 * Encodes a container.
	 * @param <T> what is made of the bytes
	 * @param container a collection or an array
	 * @param contents the classes of the user's objects in it
	 * @param use gets the bytes
	 * @return what the use made of them
	 * @throws io.adaptive.message.MessageCodecException if something in it has a type
	 * that cannot be encoded
	 */
	default <T> T encode(Object container, Set<Class<?>> contents, Use<T> use) {
		return encode(container, use);
	}

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
	 * Reads a message of a known type, whose sender told how it declares the type.
	 * @param <T> the type
	 * @param type as in {@link #decode(MessageType, byte[])}
	 * @param fingerprint of the sender's declaration, 0 if it is not known
	 * @param encoded exactly the message
	 * @return the message
	 * @throws io.adaptive.message.MessageCodecException if the bytes do not fit
	 */
	default <T> T decode(MessageType<T> type, long fingerprint, byte[] encoded) {
		return decode(type, encoded);
	}

	/**
	 * Tells whether messages of a type are read without generating, compiling or loading
	 * code first. Never blocks.
	 * @param type the type
	 * @param fingerprint of the sender's declaration, 0 if it is not known
	 * @return whether an event loop may read them
	 */
	default boolean isReady(MessageType<?> type, long fingerprint) {
		return true;
	}

	/**
	 * Tells the same of encoding a message.
	 * @param message the message
	 * @return whether an event loop may encode it
	 */
	default boolean isReady(Object message) {
		return true;
	}

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
	 * Prepares a type so far that its first message takes milliseconds, at little cost
	 * itself: without generating code.
	 * @param type the type
	 */
	default void prepare(Class<?> type) {
		warmUp(type);
	}

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
