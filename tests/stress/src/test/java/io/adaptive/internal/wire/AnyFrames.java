package io.adaptive.internal.wire;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.adaptive.message.ErrorInfo;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Payload;
import io.adaptive.spi.ReferencePayload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What may arrive on a connection that stands. The first byte says in pieces of which
 * size the others arrive.
 * <p>
 * Apart from its test and the examples: what is loaded before Jazzer's agent is
 * transformed a second time, which damages records and nested classes on JDK 17.
 */
final class AnyFrames {

	private static final Limits LIMITS = new Limits(300, Limits.MIN_CREDIT, Limits.MIN_CREDIT);

	/** A longer one does not fit in an error again once broken UTF-8 is replaced. */
	private static final int REPEATABLE_TEXT = 2_000;

	/** How many bytes the decoder may allocate for one that arrives. */
	private static final int ALLOCATION_PER_BYTE = 64;

	private static final int ALLOCATION_AT_ALL = 64 * 1024;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private AnyFrames() {
	}

	static void check(byte[] bytes) {
		if (bytes.length == 0) {
			return;
		}
		long buffers = buffersInUse();
		int piece = 1 + (bytes[0] & 0xff);
		ByteBuf in = Unpooled.wrappedBuffer(bytes, 1, bytes.length - 1);
		Heard atOnce = hear(in.duplicate(), in.readableBytes());
		Heard inPieces = hear(in.duplicate(), piece);
		assertThat(inPieces).isEqualTo(atOnce);
		assertThat(in.refCnt()).isOne();
		atOnce.envelopes.forEach(AnyFrames::assertSurvivesAnotherTrip);
		assertThat(buffersInUse()).as("buffers that were not released").isEqualTo(buffers);
		assertAllocatesLittle(in);
	}

	private static long buffersInUse() {
		return UnpooledByteBufAllocator.DEFAULT.metric().usedHeapMemory()
				+ UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
	}

	/**
	 * Receives as a link does.
	 */
	private static Heard hear(ByteBuf wire, int piece) {
		EnvelopeDecoder decoder = new EnvelopeDecoder(new NoteCodec(), LIMITS, true);
		List<Envelope> envelopes = new ArrayList<>();
		ByteBuf arrived = Unpooled.buffer();
		try {
			while (wire.isReadable()) {
				arrived.writeBytes(wire, Math.min(piece, wire.readableBytes()));
				decodeAll(decoder, arrived, envelopes);
				arrived.discardReadBytes();
			}
			return new Heard(envelopes, null);
		}
		catch (ProtocolException ex) {
			assertThat(ex.getMessage()).isNotBlank();
			return new Heard(envelopes, ex.getMessage());
		}
		finally {
			assertThat(arrived.release()).as("nobody else holds what arrived").isTrue();
		}
	}

	private static void decodeAll(EnvelopeDecoder decoder, ByteBuf arrived, List<Envelope> envelopes) {
		while (decoder.decode(arrived, (envelope) -> envelopes.add(comparable(envelope)))) {
			// Frame after frame.
		}
	}

	private static Envelope comparable(Envelope envelope) {
		if (envelope instanceof Envelope.Message message) {
			return new Envelope.Message(message.streamId(), message.callId(), message.timeoutNanos(),
					message.priority(), message.headers(), note(message.payload()));
		}
		if (envelope instanceof Envelope.Reply reply && reply.payload() != null) {
			return new Envelope.Reply(reply.streamId(), reply.callId(), note(reply.payload()), reply.followed());
		}
		return envelope;
	}

	private static Payload note(Payload payload) {
		assertThat(payload.typeName()).isNotEmpty();
		assertThat(payload.size()).isLessThanOrEqualTo((int) LIMITS.maxMessage());
		return new ReferencePayload(payload.decode(NoteCodec.Note.class));
	}

	private static void assertSurvivesAnotherTrip(Envelope envelope) {
		if (isRepeatable(envelope)) {
			ByteBuf again = Frames.encode(envelope);
			assertThat(Frames.decode(again)).containsExactly(envelope);
			again.release();
		}
	}

	private static boolean isRepeatable(Envelope envelope) {
		if (envelope instanceof Envelope.Failure failure) {
			return isRepeatable(failure.error());
		}
		if (envelope instanceof Envelope.End end) {
			return isRepeatable(end.cause());
		}
		if (envelope instanceof Envelope.Reset reset) {
			return isRepeatable(reset.cause());
		}
		return !(envelope instanceof Envelope.GoAway goAway) || isRepeatable(goAway.cause());
	}

	private static boolean isRepeatable(ErrorInfo error) {
		Duration retryAfter = error.retryAfter();
		return error.message().length() + error.type().length() + error.origin().length() <= REPEATABLE_TEXT
				&& (retryAfter == null || retryAfter.toMillis() <= Integer.MAX_VALUE);
	}

	/**
	 * What a peer sends must not take many times as much memory here.
	 */
	private static void assertAllocatesLittle(ByteBuf in) {
		long allowed = ALLOCATION_AT_ALL + (long) ALLOCATION_PER_BYTE * in.readableBytes();
		// Twice, since classes that are loaded meanwhile count too.
		long allocated = Math.min(allocatedBy(in.duplicate()), allocatedBy(in.duplicate()));
		assertThat(allocated).as("allocated for %d bytes", in.readableBytes()).isLessThanOrEqualTo(allowed);
	}

	private static long allocatedBy(ByteBuf in) {
		EnvelopeDecoder decoder = new EnvelopeDecoder(new NoteCodec(), LIMITS, true);
		long before = THREADS.getCurrentThreadAllocatedBytes();
		try {
			boolean more = true;
			while (more) {
				more = decoder.decode(in, (envelope) -> {
				});
			}
		}
		catch (ProtocolException ex) {
			// Whether that is right was checked before.
		}
		return THREADS.getCurrentThreadAllocatedBytes() - before;
	}

	/**
	 * What a direction of a connection said.
	 *
	 * @param envelopes what was understood
	 * @param refusal how it ended, or {@code null} if it may go on
	 */
	private record Heard(List<Envelope> envelopes, @Nullable String refusal) {
	}

}
