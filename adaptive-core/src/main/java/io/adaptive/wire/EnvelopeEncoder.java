package io.adaptive.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Envelope;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageTooLargeException;
import io.adaptive.message.MessageType;
import io.adaptive.message.Payload;
import io.adaptive.message.ReferencePayload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the envelopes of one direction of a connection, on the threads that send them.
 */
public final class EnvelopeEncoder {

	private static final int INITIAL_CAPACITY = 256;

	private final ByteBufAllocator allocator;

	private final PayloadCodec codec;

	private final long maxMessage;

	private final Consumer<Outbound> announcements;

	private final Map<Class<?>, Integer> typeIds = new ConcurrentHashMap<>();

	private final AtomicInteger lastTypeId = new AtomicInteger();

	/**
	 * Makes the encoder of a connection.
	 * @param allocator where buffers come from
	 * @param codec how messages are encoded
	 * @param maxMessage the largest message the peer accepts, in bytes
	 * @param announcements where announcements of types go, to leave before what is
	 * queued after them
	 */
	public EnvelopeEncoder(ByteBufAllocator allocator, PayloadCodec codec, long maxMessage,
			Consumer<Outbound> announcements) {
		this.allocator = allocator;
		this.codec = codec;
		this.maxMessage = maxMessage;
		this.announcements = announcements;
	}

	/**
	 * Encodes an envelope and queues it. A message of a new type is preceded by the
	 * type's announcement.
	 * @param envelope the envelope
	 * @throws MessageTooLargeException if it holds a message over the limit
	 * @throws io.adaptive.message.MessageCodecException if its message cannot be encoded
	 */
	public Outbound encode(Envelope envelope) {
		if (envelope instanceof Envelope.Message message) {
			return payload(FrameKind.MESSAGE, message.streamId(), message.callId(), message.timeoutNanos(),
					message.payload());
		}
		if (envelope instanceof Envelope.Reply reply) {
			return payload(FrameKind.REPLY, reply.streamId(), reply.callId(), 0, reply.payload());
		}
		if (envelope instanceof Envelope.Failure failure) {
			return error(FrameKind.FAILURE, failure.streamId(), failure.callId(), failure.error(), false);
		}
		return control(envelope);
	}

	private Outbound control(Envelope envelope) {
		if (envelope instanceof Envelope.Open open) {
			return bare(new FrameHeader(FrameKind.OPEN, open.streamId(), 0, 0), false);
		}
		if (envelope instanceof Envelope.End end) {
			return error(FrameKind.END, end.streamId(), 0, end.cause(), false);
		}
		if (envelope instanceof Envelope.Reset reset) {
			return error(FrameKind.RESET, reset.streamId(), 0, reset.cause(), false);
		}
		if (envelope instanceof Envelope.Cancel cancel) {
			return bare(new FrameHeader(FrameKind.CANCEL, cancel.streamId(), cancel.callId(), 0), false);
		}
		if (envelope instanceof Envelope.Credit credit) {
			ByteBuf buffer = start();
			buffer.writeInt(credit.bytes());
			return new Outbound(new FrameHeader(FrameKind.CREDIT, credit.streamId(), 0, 0), buffer, true);
		}
		if (envelope instanceof Envelope.GoAway goAway) {
			return error(FrameKind.GO_AWAY, 0, goAway.lastCallId(), goAway.cause(), true);
		}
		if (envelope instanceof Envelope.Ping ping) {
			return bare(new FrameHeader(FrameKind.PING, 0, ping.token(), 0)
				.withFlags(ping.answer() ? FrameHeader.ANSWER : 0), true);
		}
		throw new IllegalArgumentException("Not an envelope of this protocol: " + envelope);
	}

	private ByteBuf start() {
		ByteBuf buffer = this.allocator.buffer(INITIAL_CAPACITY);
		buffer.writeZero(FrameHeader.BYTES);
		return buffer;
	}

	private Outbound bare(FrameHeader header, boolean control) {
		return new Outbound(header, start(), control);
	}

	private Outbound error(FrameKind kind, int streamId, long callId, ErrorInfo error, boolean control) {
		ByteBuf buffer = start();
		ErrorFormat.write(buffer, error);
		return new Outbound(new FrameHeader(kind, streamId, callId, 0), buffer, control);
	}

	private Outbound payload(FrameKind kind, int streamId, long callId, long timeoutNanos, @Nullable Payload payload) {
		if (payload == null) {
			return bare(new FrameHeader(kind, streamId, callId, 0), false);
		}
		Object message = (payload instanceof ReferencePayload reference) ? reference.message()
				: payload.decode(Object.class);
		ByteBuf buffer = start();
		try {
			FrameField.writeTimeout(buffer, timeoutNanos);
			int fieldsLength = buffer.writerIndex() - FrameHeader.BYTES;
			this.codec.encode(message, buffer);
			int size = buffer.writerIndex() - FrameHeader.BYTES - fieldsLength;
			if (size > this.maxMessage) {
				throw new MessageTooLargeException(payload.typeName(), size, this.maxMessage);
			}
			FrameHeader header = new FrameHeader(kind, 0, fieldsLength, streamId, callId, typeId(message.getClass()));
			return new Outbound(header, buffer, false);
		}
		catch (RuntimeException | Error ex) {
			buffer.release();
			throw ex;
		}
	}

	private int typeId(Class<?> type) {
		Integer known = this.typeIds.get(type);
		// Inside computeIfAbsent the announcement is queued before any other thread can
		// see
		// the id, so that it leaves before the first message that uses it.
		return (known != null) ? known : this.typeIds.computeIfAbsent(type, this::announce);
	}

	private int announce(Class<?> type) {
		byte[] name = MessageType.of(type).name().getBytes(StandardCharsets.UTF_8);
		if (this.lastTypeId.get() >= Protocol.MAX_TYPES) {
			throw new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED, Delivery.NOT_SENT,
					"%d message types were sent on this connection, the limit; %s would be one more"
						.formatted(Protocol.MAX_TYPES, type.getName()),
					null);
		}
		int id = this.lastTypeId.incrementAndGet();
		ByteBuf buffer = start();
		TypeAnnouncement.write(buffer, SchemaFingerprint.of(type), name);
		this.announcements.accept(new Outbound(new FrameHeader(FrameKind.TYPE, 0, 0, id), buffer, true));
		return id;
	}

}
