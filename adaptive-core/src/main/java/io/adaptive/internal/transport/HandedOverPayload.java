package io.adaptive.internal.transport;

import io.adaptive.internal.wire.LocalEncoder;
import io.adaptive.message.CallerContext;
import io.adaptive.message.MessageType;
import io.adaptive.spi.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A message within a process. The receiver gets the object itself, unless its class is
 * another one there: then it goes through the codec, as over a socket.
 */
final class HandedOverPayload implements Payload {

	private static final int UNKNOWN = -1;

	private final Object message;

	private final LocalEncoder encoder;

	private final CallerContext.@Nullable Captured callerContext;

	private final int maxSize;

	/** Measured by its sender, before it is handed over, if anybody wants to know. */
	private int size = UNKNOWN;

	/**
	 * @param maxSize what it counts as at most, since the largest message that is encoded
	 * is no limit here
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
