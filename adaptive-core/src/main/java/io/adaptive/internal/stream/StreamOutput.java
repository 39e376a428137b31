package io.adaptive.internal.stream;

import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageHeaders;
import io.adaptive.message.Priority;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.message.StreamResetException;
import io.adaptive.message.TraceTag;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.adaptive.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing half of a stream: messages and calls, which need credit, and answers to
 * the peer's messages, which do not. Thread-safe.
 */
final class StreamOutput implements PendingCall.Origin {

	private final ConnectionState connection;

	private final int streamId;

	private final CreditCounter credit;

	private final Outbox outbox;

	private volatile Envelope.Message.Role role = Envelope.Message.Role.ORDINARY;

	/** Created with the first answer to a one-way message. */
	private volatile @Nullable OneWayAnswers answers;

	StreamOutput(ConnectionState connection, int streamId) {
		this.connection = connection;
		this.streamId = streamId;
		this.credit = connection.credit().newStreamCounter();
		this.outbox = connection.credit().newOutbox(streamId, this.credit);
	}

	Outbox outbox() {
		return this.outbox;
	}

	/**
	 * Adds credit granted by the peer.
	 * @return whether the grant is within the stream's credit
	 */
	boolean granted(int bytes) {
		boolean allowed = this.credit.grant(bytes);
		this.outbox.pump();
		return allowed;
	}

	/**
	 * Declines one-way answers on this stream: they are dropped at the peer.
	 */
	void keepNoAnswers() {
		this.role = Envelope.Message.Role.WITHOUT_ANSWERS;
	}

	boolean keepsAnswers() {
		return this.role != Envelope.Message.Role.WITHOUT_ANSWERS;
	}

	Operation<@Nullable Void> send(Object message, @Nullable Priority priority, MessageHeaders headers) {
		Envelope envelope = envelope(message, priority, headers);
		return send(envelope, this.connection.prepare(envelope));
	}

	/**
	 * Sends a message from the server's end.
	 * @param tag its place in a traced conversation, if it is traced
	 * @param parentHop the hop of the message whose handling sends it, 0 if that arrived
	 * on this stream
	 */
	Operation<@Nullable Void> push(Object message, @Nullable Priority priority, @Nullable TraceTag tag,
			long parentHop) {
		Envelope envelope = envelope(message, priority, MessageHeaders.of(null, tag));
		Link.PreparedEnvelope prepared = this.connection.prepare(envelope);
		// After encoding, which may fail.
		if (tag != null) {
			this.connection.watch().record(TraceEvent.SERVER_SEND, tag, parentHop, message);
		}
		return send(envelope, prepared);
	}

	private Envelope envelope(Object message, @Nullable Priority priority, MessageHeaders headers) {
		return (message instanceof Throwable error)
				? new Envelope.Failure(this.streamId, 0, this.connection.describe(error)) : new Envelope.Message(
						this.streamId, 0, 0, priority, headers, this.connection.payload(message), this.role);
	}

	private Operation<@Nullable Void> send(Envelope envelope, Link.PreparedEnvelope prepared) {
		WaitingMessage waiting = this.outbox.send(prepared,
				Limits.cost((envelope instanceof Envelope.Message) ? prepared.size() : 0));
		return (waiting == null) ? Operation.SENT : waiting;
	}

	/**
	 * Sends a call.
	 * @param deadline the deadline of its caller, which includes the encoding; the peer
	 * gets its timeout
	 */
	PendingCall call(Object request, WaitDeadline deadline, @Nullable Priority priority, MessageHeaders headers) {
		this.connection.availability().check();
		PendingCall call = this.connection.outgoingCalls().register(this);
		// Before the request leaves: within a process its handler may run on this thread.
		if (call.ofHandler().isDone()) {
			return call;
		}
		try {
			send(call, request, deadline, priority, headers);
		}
		catch (RuntimeException | Error ex) {
			this.connection.outgoingCalls().forget(call);
			call.leaveHandler();
			throw ex;
		}
		if (call.isGivenUp()) {
			// Given up while it was sent, so the cancel may have overtaken the request.
			withdraw(call);
		}
		Termination dropped = this.connection.availability().dropped(call.id());
		if (dropped != null) {
			// Sent after the calls were searched, and dropped by the peer.
			this.connection.outgoingCalls().complete(call.id(), new InboxItem.Ended(dropped));
		}
		return call;
	}

	private void send(PendingCall call, Object request, WaitDeadline deadline, @Nullable Priority priority,
			MessageHeaders headers) {
		Link.PreparedEnvelope prepared = this.connection.prepare(new Envelope.Message(this.streamId, call.id(),
				deadline.timeout().toNanos(), priority, headers, this.connection.payload(request), this.role));
		if (deadline.isOver()) {
			prepared.discard();
			throw new ReceiveTimeoutException(Delivery.NOT_SENT,
					"The message was not encoded within %s ms".formatted(deadline.millis()));
		}
		WaitingMessage waiting = this.outbox.send(prepared, Limits.cost(prepared.size()), true);
		if (waiting != null) {
			call.waitsForCredit(waiting);
		}
	}

	@Override
	public boolean giveUp(PendingCall call) {
		if (!this.connection.outgoingCalls().forget(call)) {
			return false;
		}
		withdraw(call);
		return true;
	}

	private void withdraw(PendingCall call) {
		if (!call.withdrawRequest()) {
			this.connection.sendIfPossible(new Envelope.Cancel(this.streamId, call.id()));
		}
	}

	/**
	 * Answers a call of the peer, which has reserved the room; only the first answer
	 * counts.
	 * @param tag the trace tag of the call, if it is traced
	 * @param followed whether the handler may send more on the stream
	 * @return {@code false} if the call is no longer open
	 * @throws io.adaptive.message.AdaptiveException if the answer cannot be encoded; then
	 * the call is still open
	 */
	boolean answer(long callId, @Nullable Object result, @Nullable TraceTag tag, boolean followed) {
		if (!this.connection.incomingCalls().isOpen(callId)) {
			return false;
		}
		Link.PreparedEnvelope prepared = this.connection.prepare(answerEnvelope(callId, result, followed));
		if (this.connection.incomingCalls().forget(callId)) {
			if (tag != null) {
				this.connection.watch().record(TraceEvent.SERVER_SEND, tag, 0, result);
			}
			prepared.send();
			return true;
		}
		prepared.discard();
		return false;
	}

	private Envelope answerEnvelope(long callId, @Nullable Object result, boolean followed) {
		if (result instanceof Throwable error) {
			return new Envelope.Failure(this.streamId, callId, this.connection.describe(error));
		}
		return new Envelope.Reply(this.streamId, callId, (result != null) ? this.connection.payload(result) : null,
				followed);
	}

	/**
	 * Answers a one-way message, if its sender keeps the answer. Never waits.
	 * @param messageType the type of the one-way message
	 * @param kept whether the sender keeps answers
	 * @param result the value, a {@link Throwable} or the {@link ErrorInfo} of a refusal
	 * @param tag the place of the message in a traced conversation, if it is traced
	 * @throws io.adaptive.message.MessageCodecException if it cannot be encoded
	 */
	void answerOneWay(String messageType, boolean kept, Object result, @Nullable TraceTag tag) {
		if (!kept || !answers().send(result, tag)) {
			this.connection.dropAnswer(this.streamId, messageType, result, tag);
		}
	}

	/**
	 * Refuses a message of the peer before any handler runs.
	 * @param callId the call, 0 for a one-way message
	 * @param kept whether the sender of a one-way message keeps answers
	 */
	void refuse(long callId, String messageType, boolean kept, @Nullable TraceTag tag, ErrorInfo reason) {
		ErrorInfo info = reason.withDelivery(Delivery.NOT_PROCESSED);
		if (tag != null) {
			this.connection.watch().record(TraceEvent.SERVER_SEND, tag, 0, info);
		}
		if (callId != 0) {
			this.connection.refuseCall(this.streamId, callId, info);
		}
		else {
			refuseOneWay(messageType, kept, info);
		}
	}

	private void refuseOneWay(String messageType, boolean kept, ErrorInfo info) {
		try {
			answerOneWay(messageType, kept, info, null);
		}
		catch (ConnectionLostException | StreamResetException ex) {
			// The sender has ended the stream or the connection.
		}
	}

	private OneWayAnswers answers() {
		OneWayAnswers current = this.answers;
		return (current != null) ? current : makeAnswers();
	}

	private synchronized OneWayAnswers makeAnswers() {
		OneWayAnswers made = (this.answers != null) ? this.answers : new OneWayAnswers(this.connection, this.streamId,
				this.outbox, this.connection.credit().newAnswerCounter());
		this.answers = made;
		return made;
	}

	/**
	 * Adds the room of answers that the peer has received.
	 * @return whether it had that many
	 */
	boolean answersTaken(int bytes) {
		OneWayAnswers current = this.answers;
		return current != null && current.taken(bytes);
	}

	/**
	 * Fails the waiting messages; none are queued from then on.
	 */
	void end(Termination reason) {
		this.outbox.end(reason);
	}

}
