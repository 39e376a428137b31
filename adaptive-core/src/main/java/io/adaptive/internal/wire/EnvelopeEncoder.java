package io.adaptive.internal.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageTooLargeException;
import io.adaptive.message.MessageType;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Payload;
import io.adaptive.spi.ReferencePayload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the envelopes of one direction of a connection, on the threads that send them.
 */
public final class EnvelopeEncoder {

	static final byte[] NOTHING = {};

	/** Above this a message gets a buffer of its own. */
	private static final int MAX_COPIED = 8 * 1024;

	/**
	 * With more types on a connection, further containers are announced without schema.
	 */
	private static final int MAX_COMPARED = 1_000;

	private final ByteBufAllocator allocator;

	private final PayloadCodec codec;

	private final long maxMessage;

	private final Consumer<Outbound> announcements;

	/** By class, or by name and contents for a container. */
	private final Map<Object, Integer> typeIds = new ConcurrentHashMap<>();

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
	 * Tells whether an event loop may encode a message.
	 * @param message the message
	 * @return whether no code has to be generated for it
	 */
	public boolean isReady(Object message) {
		return this.codec.isReady(message);
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
			return payload(FrameKind.MESSAGE, flags(message.role()), message.streamId(), message.callId(),
					FrameFields.encode(message.timeoutNanos(), message.priority(), message.headers()),
					message.payload());
		}
		if (envelope instanceof Envelope.Reply reply) {
			return payload(FrameKind.REPLY, reply.followed() ? FrameHeader.FOLLOWED : 0, reply.streamId(),
					reply.callId(), NOTHING, reply.payload());
		}
		if (envelope instanceof Envelope.Failure failure) {
			int flags = failure.answer() ? FrameHeader.ONE_WAY_ANSWER : 0;
			return error(new FrameHeader(FrameKind.FAILURE, failure.streamId(), failure.callId(), 0).withFlags(flags),
					failure.error(), false);
		}
		return control(envelope);
	}

	private static int flags(Envelope.Message.Role role) {
		return switch (role) {
			case ORDINARY -> 0;
			case WITHOUT_ANSWERS -> FrameHeader.WITHOUT_ANSWERS;
			case ANSWER -> FrameHeader.ONE_WAY_ANSWER;
		};
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
			return credit(credit);
		}
		if (envelope instanceof Envelope.GoAway goAway) {
			return error(FrameKind.GO_AWAY, 0, goAway.lastCallId(), goAway.cause(), true);
		}
		if (envelope instanceof Envelope.Ping ping) {
			return bare(new FrameHeader(FrameKind.PING, 0, ping.token(), 0)
				.withFlags(ping.answer() ? FrameHeader.ANSWER : 0), true);
		}
		if (envelope instanceof Envelope.Report report) {
			return report(report);
		}
		throw new IllegalArgumentException("Not an envelope of this protocol: " + envelope);
	}

	@SuppressWarnings("EnumOrdinal") // the protocol numbers purposes by their place
	private static Outbound credit(Envelope.Credit credit) {
		boolean bytesOnly = credit.messages() == 0;
		ByteBuffer amount = ByteBuffer.allocate(bytesOnly ? Integer.BYTES : 2 * Integer.BYTES).putInt(credit.bytes());
		if (!bytesOnly) {
			amount.putInt(credit.messages());
		}
		return new Outbound(new FrameHeader(FrameKind.CREDIT, credit.streamId(), credit.purpose().ordinal(), 0),
				amount.array(), true);
	}

	private static Outbound bare(FrameHeader header, boolean control) {
		return new Outbound(header, NOTHING, control);
	}

	private static Outbound error(FrameKind kind, int streamId, long callId, ErrorInfo error, boolean control) {
		return error(new FrameHeader(kind, streamId, callId, 0), error, control);
	}

	private static Outbound error(FrameHeader header, ErrorInfo error, boolean control) {
		return new Outbound(header, bytes((out) -> ErrorFormat.write(out, error)), control);
	}

	private static Outbound report(Envelope.Report report) {
		byte[] content = bytes((out) -> {
			ErrorFormat.write(out, report.error());
			ErrorFormat.writeText(out, report.messageType());
		});
		return new Outbound(new FrameHeader(FrameKind.REPORT, report.streamId(), report.count(), 0), content, true);
	}

	private static byte[] bytes(Consumer<ByteBuf> content) {
		ByteBuf buffer = Unpooled.buffer();
		try {
			content.accept(buffer);
			return ByteBufUtil.getBytes(buffer);
		}
		finally {
			buffer.release();
		}
	}

	private Outbound payload(FrameKind kind, int flags, int streamId, long callId, byte[] fields,
			@Nullable Payload payload) {
		if (payload == null) {
			return bare(new FrameHeader(kind, flags, 0, streamId, callId, 0), false);
		}
		Object message = (payload instanceof ReferencePayload reference) ? reference.message()
				: payload.decode(Object.class);
		if (Containers.isContainer(message)) {
			Set<Class<?>> contents = Containers.ownClasses(message);
			return this.codec.encode(message, contents, (bytes, length) -> {
				checkSize(payload, length);
				int type = typeId(MessageType.of(message.getClass()), contents);
				return outbound(header(kind, flags, fields, streamId, callId, type), fields, bytes, length);
			});
		}
		return this.codec.encode(message, (bytes, length) -> {
			checkSize(payload, length);
			return outbound(header(kind, flags, fields, streamId, callId, typeId(message.getClass())), fields, bytes,
					length);
		});
	}

	private void checkSize(Payload payload, int length) {
		if (length > this.maxMessage) {
			throw new MessageTooLargeException(payload.typeName(), length, this.maxMessage);
		}
	}

	private static FrameHeader header(FrameKind kind, int flags, byte[] fields, int streamId, long callId, int typeId) {
		return new FrameHeader(kind, flags, fields.length, streamId, callId, typeId);
	}

	private Outbound outbound(FrameHeader header, byte[] fields, byte[] bytes, int length) {
		if (length > MAX_COPIED) {
			ByteBuf buffer = this.allocator.buffer(fields.length + length);
			return new Outbound(header, buffer.writeBytes(fields).writeBytes(bytes, 0, length));
		}
		if (fields.length == 0) {
			return new Outbound(header, Arrays.copyOf(bytes, length), false);
		}
		byte[] content = Arrays.copyOf(fields, fields.length + length);
		System.arraycopy(bytes, 0, content, fields.length, length);
		return new Outbound(header, content, false);
	}

	private int typeId(Class<?> type) {
		Integer known = this.typeIds.get(type);
		// Inside computeIfAbsent the announcement is queued before any other thread can
		// see
		// the id, so that it leaves before the first message that uses it.
		return (known != null) ? known
				: this.typeIds.computeIfAbsent(type, (key) -> announce(MessageType.of(type), MessageSchema.of(type)));
	}

	/**
	 * Containers of the same classes share a number, so that each number stands for one
	 * declaration.
	 */
	private int typeId(MessageType<?> type, Set<Class<?>> contents) {
		Container container = new Container(type.name(), contents);
		Integer known = this.typeIds.get(container);
		if (known != null) {
			return known;
		}
		if (contents.isEmpty() || this.typeIds.size() < MAX_COMPARED) {
			return this.typeIds.computeIfAbsent(container, (key) -> announce(type, MessageSchema.ofContents(contents)));
		}
		return typeId(type, Set.of());
	}

	private int announce(MessageType<?> type, MessageSchema schema) {
		if (this.lastTypeId.get() >= Protocol.MAX_TYPES) {
			throw new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED, Delivery.NOT_SENT,
					"%s message types were sent on this connection, the limit; %s would be one more"
						.formatted(Protocol.MAX_TYPES, type.javaType().getName()),
					null);
		}
		int id = this.lastTypeId.incrementAndGet();
		byte[] content = bytes((out) -> TypeAnnouncement.write(out, type, schema));
		this.announcements.accept(new Outbound(new FrameHeader(FrameKind.TYPE, 0, 0, id), content, true));
		return id;
	}

	/**
	 * Containers that are announced together.
	 *
	 * @param name of their kind
	 * @param contents the classes of the user's objects in them
	 */
	private record Container(String name, Set<Class<?>> contents) {

	}

}
