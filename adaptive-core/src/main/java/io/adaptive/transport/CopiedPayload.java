package io.adaptive.transport;

import java.util.Arrays;

import io.adaptive.message.CallerContext;
import io.adaptive.message.MessageTooLargeException;
import io.adaptive.message.MessageType;
import io.adaptive.message.Payload;
import io.adaptive.wire.PayloadCodec;
import org.jspecify.annotations.Nullable;

/**
 * A message that crosses a process as it would cross a socket: encoded by its sender, who
 * is told what cannot be, and as large as its bytes.
 */
record CopiedPayload(String typeName, PayloadCodec codec, byte[] encoded,
		CallerContext.@Nullable Captured callerContext) implements Payload {

	/**
	 * Encodes a message.
	 * @throws MessageTooLargeException if the peer does not accept it
	 * @throws io.adaptive.message.MessageCodecException if it cannot be encoded
	 */
	static CopiedPayload of(Object message, PayloadCodec codec, long maxMessage,
			CallerContext.@Nullable Captured callerContext) {
		String typeName = MessageType.of(message.getClass()).name();
		byte[] encoded = codec.encode(message, Arrays::copyOf);
		if (encoded.length > maxMessage) {
			throw new MessageTooLargeException(typeName, encoded.length, maxMessage);
		}
		return new CopiedPayload(typeName, codec, encoded, callerContext);
	}

	@Override
	public int size() {
		return this.encoded.length;
	}

	@Override
	public <T> T decode(Class<T> type) {
		return this.codec.decode(type, this.encoded);
	}

	@Override
	public String toString() {
		return "%s (%d bytes)".formatted(this.typeName, this.encoded.length);
	}

}
