package io.adaptive.internal.transport;

import io.adaptive.internal.wire.LocalEncoder;
import io.adaptive.message.CallerContext;
import io.adaptive.message.MessageType;
import io.adaptive.spi.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A message passed by reference within a process. If the receiver's class for the message
 * is another one, the message is encoded and decoded as for a socket.
 */
final class HandedOverPayload implements Payload {

	private static final int UNKNOWN = -1;

	private final Object message;

	private final LocalEncoder encoder;

	private final CallerContext.@Nullable Captured callerContext;

	private final int maxSize;

	/** Measured by the sender before the hand-over, if its size is requested. */
	private int size = UNKNOWN;

	/**
	 * @param maxSize upper limit of its size for credit, since the limit of encoded
	 * messages does not apply
	 */
	HandedOverPayload(Object message, LocalEncoder encoder, CallerContext.@Nullable Captured callerContext,
			int maxSize) {
		this.message = message;
		this.maxSize = maxSize;
		this.encoder = encoder;
		this.callerContext = callerContext;
	}

	@Override
	public String typeName() {
		return MessageType.of(this.message.getClass()).name();
	}

	@Override
	public int size() {
		if (this.size == UNKNOWN) {
			this.size = Math.min(MemorySize.of(this.message), this.maxSize);
		}
		return this.size;
	}

	@Override
	public CallerContext.@Nullable Captured callerContext() {
		return this.callerContext;
	}

	@Override
	public Class<?> knownType() {
		return this.message.getClass();
	}

	@Override
	public <T> T decode(MessageType<T> type) {
		return type.javaType().isInstance(this.message) ? type.javaType().cast(this.message) : throughCodec(type);
	}

	private <T> T throughCodec(MessageType<T> type) {
		return this.encoder.encode(this.message, Long.MAX_VALUE).decode(type);
	}

}
