package io.adaptive.internal.wire;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of one direction of a connection, on its event loop. Messages stay
 * encoded; only fragments are put together.
 */
public final class EnvelopeDecoder {

	private static final Envelope.Credit.Purpose[] PURPOSES = Envelope.Credit.Purpose.values();

	private final PayloadCodec codec;

	private final long maxMessage;

	private final LongSupplier maxPartial;

	private final boolean expectsReplies;

	private long partialBytes;

	private final IntObjectMap<AnnouncedType> types = new IntObjectHashMap<>(1);

	/** Characters of the schemas that are kept. */
	private int schemaLength;

	private final IntObjectMap<PartialMessage> partials = new IntObjectHashMap<>(1);

	/**
	 * Makes the decoder of a connection.
	 * @param codec how messages will be decoded
	 * @param limits what is accepted here
	 * @param expectsReplies whether this end makes calls
	 */
	public EnvelopeDecoder(PayloadCodec codec, Limits limits, boolean expectsReplies) {
		this(codec, limits, expectsReplies, () -> limits.connectionCredit() + limits.maxMessage());
	}

	/**
	 * Makes the decoder of a connection with credit of its own.
	 * @param codec how messages will be decoded
	 * @param limits what is accepted here
	 * @param expectsReplies whether this end makes calls
	 * @param maxPartial how much may be begun and not complete now, in bytes
	 */
	public EnvelopeDecoder(PayloadCodec codec, Limits limits, boolean expectsReplies, LongSupplier maxPartial) {
		this.codec = codec;
		this.expectsReplies = expectsReplies;
		this.maxMessage = limits.maxMessage();
		this.maxPartial = maxPartial;
	}

	/**
	 * Takes one frame from a buffer.
	 * @param in the buffer; moves by whole frames
	 * @param sink what to do with a complete envelope
	 * @return whether there was a whole frame
	 * @throws ProtocolException if the peer broke the protocol
	 */
	public boolean decode(ByteBuf in, Consumer<Envelope> sink) {
		if (in.readableBytes() < Integer.BYTES) {
			return false;
		}
		long length = in.getUnsignedInt(in.readerIndex());
		if (length < Protocol.HEADER_AFTER_LENGTH || length > Protocol.MAX_FRAME_LENGTH) {
			throw new ProtocolException(ErrorCode.RESOURCE_EXHAUSTED, "a frame of %s bytes; %s to %s are allowed"
				.formatted(length, Protocol.HEADER_AFTER_LENGTH, Protocol.MAX_FRAME_LENGTH));
		}
		if (in.readableBytes() < Integer.BYTES + length) {
			return false;
		}
		in.skipBytes(Integer.BYTES);
		int end = in.readerIndex() + (int) length;
		Envelope envelope = decode(FrameHeader.read(in), in, end);
		in.readerIndex(end);
		if (envelope != null) {
			sink.accept(envelope);
		}
		return true;
	}

	private @Nullable Envelope decode(FrameHeader header, ByteBuf in, int end) {
		int bodyLength = end - in.readerIndex();
		if (header.fieldsLength() > Math.min(bodyLength, Protocol.MAX_FIELDS)) {
			throw new ProtocolException("%s bytes of fields in a frame".formatted(header.fieldsLength()));
		}
		if (header.kind() == null) {
			if (header.has(FrameHeader.CRITICAL)) {
				throw new ProtocolException("a critical frame of a kind that is not known here");
			}
			return null;
		}
		FrameFields fields = (header.fieldsLength() > 0) ? FrameFields.read(in.readSlice(header.fieldsLength()))
				: FrameFields.NONE;
		return switch (header.kind()) {
			case MESSAGE, REPLY, FAILURE -> messageOrFirstFragment(header, fields, in, end);
			case FRAGMENT -> fragment(header, in, end);
			case TYPE -> announceType(header.typeId(), in.readSlice(end - in.readerIndex()));
			case OPEN -> new Envelope.Open(header.streamId());
			case END -> new Envelope.End(header.streamId(), ErrorFormat.read(in.readSlice(end - in.readerIndex())));
			case RESET -> reset(header, in.readSlice(end - in.readerIndex()));
			case CANCEL -> new Envelope.Cancel(header.streamId(), header.callId());
			case CREDIT -> credit(header, in.readSlice(end - in.readerIndex()));
			case PING -> new Envelope.Ping(header.callId(), header.has(FrameHeader.ANSWER));
			case GO_AWAY ->
				new Envelope.GoAway(header.callId(), ErrorFormat.read(in.readSlice(end - in.readerIndex())));
			case REPORT -> report(header, in.readSlice(end - in.readerIndex()));
		};
	}

	private @Nullable Envelope messageOrFirstFragment(FrameHeader header, FrameFields fields, ByteBuf in, int end) {
		if (this.partials.containsKey(header.streamId())) {
			throw new ProtocolException("stream %s starts a message inside another".formatted(header.streamId()));
		}
		boolean answer = header.kind() == FrameKind.REPLY || header.has(FrameHeader.ONE_WAY_ANSWER);
		if (answer && !this.expectsReplies) {
			throw new ProtocolException("a reply on stream %s, which has no call".formatted(header.streamId()));
		}
		if (header.has(FrameHeader.MORE)) {
			if (header.kind() == FrameKind.FAILURE) {
				throw new ProtocolException("an error of more than one frame");
			}
			PartialMessage partial = new PartialMessage(header, fields, this.maxMessage);
			this.partials.put(header.streamId(), partial);
			if (this.partials.size() > Protocol.MAX_PARTIALS) {
				throw new ProtocolException(ErrorCode.RESOURCE_EXHAUSTED,
						"more than %s incomplete messages".formatted(Protocol.MAX_PARTIALS));
			}
			this.partialBytes += partial.isAnswer() ? 0 : partial.allocated();
			append(partial, in, end);
			return null;
		}
		int size = end - in.readerIndex();
		if (header.kind() == FrameKind.FAILURE) {
			return new Envelope.Failure(header.streamId(), header.callId(), ErrorFormat.read(in.readSlice(size)),
					header.has(FrameHeader.ONE_WAY_ANSWER));
		}
		return complete(header, fields, size, ByteBufUtil.getBytes(in, in.readerIndex(), size, true));
	}

	private @Nullable Envelope fragment(FrameHeader header, ByteBuf in, int end) {
		PartialMessage partial = this.partials.get(header.streamId());
		if (partial == null) {
			throw new ProtocolException("a fragment without a beginning on stream %s".formatted(header.streamId()));
		}
		append(partial, in, end);
		if (header.has(FrameHeader.MORE)) {
			return null;
		}
		drop(this.partials.remove(header.streamId()));
		return complete(partial.header(), partial.fields(), partial.size(), partial.fragments());
	}

	/**
	 * Messages cost credit only when they are whole. So that a peer cannot fill the
	 * memory with beginnings, those together have a limit; answers do not, their room is
	 * reserved.
	 */
	private void append(PartialMessage partial, ByteBuf in, int end) {
		long before = partial.allocated();
		partial.append(in, end - in.readerIndex());
		if (!partial.isAnswer()) {
			this.partialBytes += partial.allocated() - before;
			long limit = this.maxPartial.getAsLong();
			if (this.partialBytes > limit) {
				throw PartialMessage.tooLarge(this.partialBytes, limit);
			}
		}
	}

	private void drop(@Nullable PartialMessage partial) {
		if (partial != null && !partial.isAnswer()) {
			this.partialBytes -= partial.allocated();
		}
	}

	private Envelope complete(FrameHeader header, FrameFields fields, int size, byte[]... fragments) {
		if (size > this.maxMessage) {
			throw PartialMessage.tooLarge(size, this.maxMessage);
		}
		if (header.kind() == FrameKind.REPLY) {
			return new Envelope.Reply(header.streamId(), header.callId(),
					(header.typeId() != 0) ? payload(header.typeId(), size, fragments) : null,
					header.has(FrameHeader.FOLLOWED));
		}
		return new Envelope.Message(header.streamId(), header.callId(), fields.timeoutNanos(), fields.priority(),
				fields.headers(), payload(header.typeId(), size, fragments), role(header));
	}

	private static Envelope.Message.Role role(FrameHeader header) {
		if (header.has(FrameHeader.ONE_WAY_ANSWER)) {
			return Envelope.Message.Role.ANSWER;
		}
		return header.has(FrameHeader.WITHOUT_ANSWERS) ? Envelope.Message.Role.WITHOUT_ANSWERS
				: Envelope.Message.Role.ORDINARY;
	}

	private static Envelope report(FrameHeader header, ByteBuf in) {
		ErrorInfo error = ErrorFormat.read(in);
		return new Envelope.Report(header.streamId(), Math.max(0, header.callId()), ErrorFormat.readText(in), error);
	}

	private Payload payload(int typeId, int size, byte[]... fragments) {
		AnnouncedType type = this.types.get(typeId);
		// A type that was never announced has no handler, and so is refused per call.
		String name = (type != null) ? type.name() : "number %s, never announced".formatted(typeId);
		return new EncodedPayload(name, (type != null) ? type.declaration() : SenderDeclaration.UNKNOWN, this.codec,
				size, fragments);
	}

	private @Nullable Envelope announceType(int typeId, ByteBuf in) {
		if (this.types.size() >= Protocol.MAX_TYPES) {
			throw new ProtocolException("more than %s message types".formatted(Protocol.MAX_TYPES));
		}
		if (typeId == 0 || this.types.put(typeId, announced(TypeAnnouncement.read(in))) != null) {
			throw new ProtocolException("type number %s is announced twice or 0".formatted(typeId));
		}
		return null;
	}

	private AnnouncedType announced(TypeAnnouncement type) {
		String schema = type.schema();
		if (schema != null) {
			this.schemaLength += schema.length();
			if (this.schemaLength > Protocol.MAX_SCHEMAS) {
				this.schemaLength -= schema.length();
				schema = null;
			}
		}
		return new AnnouncedType(type.name(), new SenderDeclaration(type.fingerprint(), schema));
	}

	private Envelope reset(FrameHeader header, ByteBuf in) {
		drop(this.partials.remove(header.streamId()));
		return new Envelope.Reset(header.streamId(), ErrorFormat.read(in));
	}

	private @Nullable Envelope credit(FrameHeader header, ByteBuf in) {
		if (header.callId() < 0 || header.callId() >= PURPOSES.length) {
			return null;
		}
		Envelope.Credit.Purpose purpose = PURPOSES[(int) header.callId()];
		int bytes = (in.readableBytes() >= Integer.BYTES) ? in.readInt() : -1;
		int messages = (in.readableBytes() >= Integer.BYTES) ? in.readInt() : 0;
		boolean mayBeEmpty = purpose == Envelope.Credit.Purpose.RECALL || purpose == Envelope.Credit.Purpose.RETURN;
		if (bytes < 0 || messages < 0 || (bytes == 0 && messages == 0 && !mayBeEmpty)) {
			throw new ProtocolException("a credit without an amount");
		}
		return new Envelope.Credit(header.streamId(), bytes, messages, purpose);
	}

	/**
	 * A type that has a number on this connection.
	 */
	private record AnnouncedType(String name, SenderDeclaration declaration) {

	}

}
