package io.adaptive.internal.transport;

import io.adaptive.internal.wire.EncodedPayload;
import io.adaptive.message.CallerContext;
import io.adaptive.message.MessageType;
import io.adaptive.spi.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A message within a process that is encoded as for a socket: encoding errors are thrown
 * at its sender, and its size is that of the encoded bytes.
 */
record CopiedPayload(EncodedPayload encoded, CallerContext.@Nullable Captured callerContext) implements Payload {

	@Override
	public String typeName() {
		return this.encoded.typeName();
	}

	@Override
	public int size() {
		return this.encoded.size();
	}

	@Override
	public @Nullable Class<?> knownType() {
		return this.encoded.knownType();
	}

	@Override
	public <T> T decode(MessageType<T> type) {
		return this.encoded.decode(type);
	}

	@Override
	public String toString() {
		return this.encoded.toString();
	}

}
