package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageHeaders;
import io.adaptive.message.TraceTag;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.adaptive.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * The one-way answers of a stream at the handlers' end: results and errors of handlers of
 * one-way messages. They never wait. Answers that fit into the peer's room are sent; the
 * others are dropped and counted, and an error takes their place. Thread-safe.
 */
final class OneWayAnswers {

	private final ConnectionState connection;

	private final int streamId;

	private final Outbox outbox;

	/** The remaining bytes of the peer's room for {@code recv}. */
	private final CreditCounter room;

	/** Number of dropped answers not yet reported in their place. */
	private final AtomicLong gap = new AtomicLong();

	OneWayAnswers(ConnectionState connection, int streamId, Outbox outbox, CreditCounter room) {
		this.connection = connection;
		this.streamId = streamId;
		this.outbox = outbox;
		this.room = room;
	}

	/**
	 * Sends an answer, or drops it.
	 * @param result the value, a {@link Throwable} or the {@link ErrorInfo} of a refusal
	 * @param tag the place of the message in a traced conversation, if it is traced
	 * @return whether it was sent
	 * @throws io.adaptive.message.MessageCodecException if it cannot be encoded
	 */
	boolean send(Object result, @Nullable TraceTag tag) {
		if (!this.room.has(Limits.MIN_COST) || !markGap()) {
			drop();
			return false;
		}
		Envelope envelope = envelope(result, tag);
		Link.PreparedEnvelope prepared = this.connection.prepare(envelope);
		if (!this.room.tryTake(Limits.cost((envelope instanceof Envelope.Message) ? prepared.size() : 0))) {
			prepared.discard();
			drop();
			return false;
		}
		if (tag != null) {
			this.connection.watch().record(TraceEvent.SERVER_SEND, tag, 0, result);
		}
		this.outbox.sendFree(prepared);
		return true;
	}

	private Envelope envelope(Object result, @Nullable TraceTag tag) {
		if (result instanceof ErrorInfo refusal) {
			return new Envelope.Failure(this.streamId, 0, refusal, true);
		}
		if (result instanceof Throwable error) {
			return new Envelope.Failure(this.streamId, 0, this.connection.describe(error), true);
		}
		return new Envelope.Message(this.streamId, 0, 0, null, MessageHeaders.of(null, tag),
				this.connection.payload(result), Envelope.Message.Role.ANSWER);
	}

	private void drop() {
		this.gap.incrementAndGet();
		if (this.room.has(Limits.MIN_COST)) {
			// The peer has taken answers in the meantime, and may not do so again.
			markGap();
		}
	}

	/**
	 * Sends an error in place of the dropped answers.
	 * @return {@code false} if there is no room for it
	 */
	private boolean markGap() {
		if (this.gap.get() == 0) {
			return true;
		}
		if (!this.room.tryTake(Limits.MIN_COST)) {
			return false;
		}
		long dropped = this.gap.getAndSet(0);
		if (dropped == 0) {
			return this.room.grant(Limits.MIN_COST);
		}
		this.outbox.sendFree(this.connection.prepare(new Envelope.Failure(this.streamId, 0,
				new ErrorInfo(ErrorCode.DATA_LOSS,
						"%s answers to one-way messages were dropped here: recv took the earlier ones too late"
							.formatted(dropped)),
				true)));
		return true;
	}

	/**
	 * Adds the room of answers that the peer has taken.
	 * @return whether it had that many
	 */
	boolean taken(int bytes) {
		boolean allowed = this.room.grant(bytes);
		if (allowed) {
			markGap();
		}
		return allowed;
	}

}
