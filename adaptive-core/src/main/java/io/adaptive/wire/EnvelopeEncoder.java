package io.adaptive.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.adaptive.message.Envelope;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageTooLargeException;
import io.adaptive.message.Delivery;
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

	private final Consumer<Outbound> queue;

	private final Map<Class<?>, Integer> typeIds = new ConcurrentHashMap<>();

	private final AtomicInteger lastTypeId = new AtomicInteger();

	/**
	 * Makes the encoder of a connection.
	 * @param allocator where buffers come from
	 * @param codec how messages are encoded
	 * @param maxMessage the largest message the peer accepts, in bytes
	 * @param queue where what is encoded goes, in the order in which it must leave
	 */
	public EnvelopeEncoder(ByteBufAllocator allocator, PayloadCodec codec, long maxMessage, Consumer<Outbound> queue) {
		this.allocator = allocator;
		this.codec = codec;
		this.maxMessage = maxMessage;
		this.queue = queue;
	}

	/**
	 * Encodes an envelope and queues it. A message of a new type is preceded by the
	 * type's announcement.
	 * @param envelope the envelope
	 * @throws MessageTooLargeException if it holds a message over the limit
	 * @throws io.adaptive.message.MessageCodecException if its message cannot be encoded
	 */
	public void encode(Envelope envelope) {
		if (envelope instanceof Envelope.Message message) {
			payload(FrameKind.MESSAGE, message.streamId(), message.callId(), message.timeoutNanos(), message.payload());
		}
		else if (envelope instanceof Envelope.Reply reply) {
			payload(FrameKind.REPLY, reply.streamId(), reply.callId(), 0, reply.payload());
		}
		else if (envelope instanceof Envelope.Failure failure) {
			error(FrameKind.FAILURE, failure.streamId(), failure.callId(), failure.error(), false);
		}
		else if (envelope instanceof Envelope.Open open) {
			bare(new FrameHeader(FrameKind.OPEN, open.streamId(), 0, 0), false);
		}
		else if (envelope instanceof Envelope.End end) {
			error(FrameKind.END, end.streamId(), 0, end.cause(), false);
		}
		else if (envelope instanceof Envelope.Reset reset) {
			error(FrameKind.RESET, reset.streamId(), 0, reset.cause(), false);
		}
		else if (envelope instanceof Envelope.Cancel cancel) {
			bare(new FrameHeader(FrameKind.CANCEL, cancel.streamId(), cancel.callId(), 0), false);
		}
		else if (envelope instanceof Envelope.Credit credit) {
			ByteBuf buffer = start();
			buffer.writeInt(credit.bytes());
			this.queue.accept(new Outbound(new FrameHeader(FrameKind.CREDIT, credit.streamId(), 0, 0), buffer, true));
		}
		else if (envelope instanceof Envelope.GoAway goAway) {
			error(FrameKind.GO_AWAY, 0, goAway.lastCallId(), goAway.cause(), true);
		}
		else if (envelope instanceof Envelope.Ping ping) {
			bare(new FrameHeader(FrameKind.PING, 0, ping.token(), 0).withFlags(ping.answer() ? FrameHeader.ANSWER : 0),
					true);
		}
	}

	private ByteBuf start() {
		ByteBuf buffer = this.allocator.buffer(INITIAL_CAPACITY);
		buffer.writeZero(FrameHeader.BYTES);
		return buffer;
	}

	private void bare(FrameHeader header, boolean control) {
		this.queue.accept(new Outbound(header, start(), control));
	}

	private void error(FrameKind kind, int streamId, long callId, ErrorInfo error, boolean control) {
		ByteBuf buffer = start();
		ErrorFormat.write(buffer, error);
		this.queue.accept(new Outbound(new FrameHeader(kind, streamId, callId, 0), buffer, control));
	}

	private void payload(FrameKind kind, int streamId, long callId, long timeoutNanos, @Nullable Payload payload) {
		if (payload == null) {
			bare(new FrameHeader(kind, streamId, callId, 0), false);
			return;
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
			this.queue.accept(new Outbound(header, buffer, false));
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
		if (name.length > Protocol.MAX_TYPE_NAME) {
			throw new MessageCodecException(Delivery.NOT_SENT, "The message name of %s has %d bytes, the limit is %d"
				.formatted(type.getName(), name.length, Protocol.MAX_TYPE_NAME), null);
		}
		int id = this.lastTypeId.incrementAndGet();
		ByteBuf buffer = start();
		TypeAnnouncement.write(buffer, SchemaFingerprint.of(type), name);
		this.queue.accept(new Outbound(new FrameHeader(FrameKind.TYPE, 0, 0, id), buffer, true));
		return id;
	}

}
