package io.adaptive.wire;

import io.netty.buffer.ByteBuf;

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
	 * Appends a message to a buffer.
	 * @param message the message
	 * @param out the buffer; what was appended is undefined after an exception
	 * @throws io.adaptive.message.MessageCodecException if the message or something in it
	 * has a type that cannot be encoded
	 */
	void encode(Object message, ByteBuf out);

	/**
	 * Reads a message of a known type.
	 * @param <T> the type
	 * @param type a concrete type; nothing but it and what its declaration contains is
	 * ever instantiated
	 * @param encoded exactly the message
	 * @return the message
	 * @throws io.adaptive.message.MessageCodecException if the bytes do not fit
	 */
	<T> T decode(Class<T> type, byte[] encoded);

	/**
	 * Prepares a type, so that its first message is as fast as the others. May take a
	 * second; returns at once for a type that is prepared.
	 * @param type the type
	 */
	void warmUp(Class<?> type);

}
