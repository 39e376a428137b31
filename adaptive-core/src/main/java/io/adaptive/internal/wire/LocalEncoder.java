package io.adaptive.internal.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.message.MessageTooLargeException;
import io.adaptive.message.MessageType;

/**
 * Encodes the messages of one end of a connection within the process, whose receiver
 * decodes them as they are. Keeps how each type is declared, so that a receiver compares
 * it once. Safe for use by many threads.
 */
public final class LocalEncoder {

	private final PayloadCodec codec;

	/** By class, of which this program has a bounded number. */
	private final Map<Class<?>, SenderDeclaration> declarations = new ConcurrentHashMap<>(4);

	/**
	 * Makes the encoder of one end.
	 * @param codec how messages are encoded
	 */
	public LocalEncoder(PayloadCodec codec) {
		this.codec = codec;
	}

	/**
	 * Encodes a message.
	 * @param message the message
	 * @param maxMessage the largest that the peer accepts, in bytes
	 * @return the message, encoded
	 * @throws MessageTooLargeException if the peer does not accept it
	 * @throws io.adaptive.message.MessageCodecException if it cannot be encoded
	 */
	public EncodedPayload encode(Object message, long maxMessage) {
		MessageType<?> type = MessageType.of(message.getClass());
		byte[] encoded = this.codec.encode(message, Arrays::copyOf);
		if (encoded.length > maxMessage) {
			throw new MessageTooLargeException(type.name(), encoded.length, maxMessage);
		}
		return new EncodedPayload(type.name(), declaration(type), this.codec, encoded.length, encoded);
	}

	private SenderDeclaration declaration(MessageType<?> type) {
		if (type.isContainer()) {
			return SenderDeclaration.UNKNOWN;
		}
		SenderDeclaration known = this.declarations.get(type.javaType());
		return (known != null) ? known : this.declarations.computeIfAbsent(type.javaType(),
				(key) -> new SenderDeclaration(MessageSchema.of(type)));
	}

}
