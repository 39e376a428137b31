package io.adaptive.internal.stream;

import java.util.concurrent.CompletionStage;

import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.TraceTag;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.adaptive.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a connection: routes each envelope to its stream, its call or its
 * handler, on the event loop or, within a process, on the sender's thread.
 */
final class EnvelopeRouter implements Link.Receiver {

	/**
	 * Divisor of the overhead of incomplete messages: a 64th is more than a frame adds to
	 * its payload.
	 */
	private static final int INCOMPLETE_OVERHEAD = 64;

	private final ConnectionState connection;

	private final ConnectionStreams streams;

	private final @Nullable MessageDispatcher dispatcher;

	private final ReceiveWindow window;

	private final CreditRouter credit;

	/**
	 * Creates the router of a connection.
	 * @param dispatcher dispatches known messages to their handlers, {@code null} at the
	 * client's end
	 */
	EnvelopeRouter(ConnectionState connection, ConnectionStreams streams, @Nullable MessageDispatcher dispatcher) {
		this.connection = connection;
		this.streams = streams;
		this.dispatcher = dispatcher;
		this.window = connection.credit().received();
		this.credit = new CreditRouter(connection);
	}

	@Override
	public @Nullable CompletionStage<?> admission() {
		return (this.dispatcher != null) ? this.dispatcher.admit(this.connection.info()) : null;
	}

	@Override
	public void opened() {
		this.connection.availability().opened();
		this.window.open();
		if (this.dispatcher != null) {
			this.dispatcher.connected(this.connection.info());
			this.streams.opened();
		}
	}

	@Override
	public void received(Envelope envelope) {
		if (envelope instanceof Envelope.Message message) {
			receivedMessage(message);
		}
		else if (envelope instanceof Envelope.Reply reply) {
			this.connection.outgoingCalls()
				.complete(reply.callId(), new InboxItem.Answered(reply.payload(), reply.followed()));
		}
		else if (envelope instanceof Envelope.Failure failure) {
			receivedFailure(failure);
		}
		else if (envelope instanceof Envelope.Credit grant) {
			this.credit.received(this.streams.find(grant.streamId()), grant);
		}
		else {
			receivedControl(envelope);
		}
	}

	private void receivedControl(Envelope envelope) {
		if (envelope instanceof Envelope.Open open) {
			this.streams.opened(open.streamId());
		}
		else if (envelope instanceof Envelope.End end) {
			this.streams.ended(end.streamId(), new Termination.EndOfStream(end.streamId(), end.cause()));
		}
		else if (envelope instanceof Envelope.Reset reset) {
			this.streams.ended(reset.streamId(), new Termination.Reset(reset.cause()));
		}
		else if (envelope instanceof Envelope.Cancel cancel) {
			this.connection.incomingCalls().cancel(cancel.callId());
		}
		else if (envelope instanceof Envelope.GoAway goAway) {
			this.connection.peerLeaves(goAway);
		}
		else if (envelope instanceof Envelope.Report report) {
			this.connection.answersDropped(report);
		}
	}

	private void receivedMessage(Envelope.Message message) {
		MultiplexedStream stream = this.streams.find(message.streamId());
		if (message.role() == Envelope.Message.Role.ANSWER) {
			receivedAnswer(stream, InboxItem.Delivered.of(message));
			return;
		}
		if (!arrived(stream, message.payload().size())) {
			return;
		}
		boolean isCall = message.callId() != 0;
		if (isCall && !this.connection.incomingCalls().accept(message.callId())) {
			drop(stream, message);
			return;
		}
		if (stream == null || !dispatch(stream, message)) {
			// No worker is needed.
			this.window.taken(0, 1);
			deliver(stream, message);
		}
		if (stream != null) {
			stream.input().passOnWait();
		}
		if (isCall) {
			// From here on, draining waits for the call as for one that is being handled.
			this.connection.incomingCalls().arrived();
		}
	}

	/**
	 * Drops a call after the last one that this side takes; the peer has that id from
	 * GOAWAY.
	 */
	private void drop(@Nullable MultiplexedStream stream, Envelope.Message message) {
		int size = message.payload().size();
		if (stream != null) {
			stream.input().taken(size, 1);
		}
		else {
			this.window.taken(Limits.cost(size), 1);
		}
	}

	private void deliver(@Nullable MultiplexedStream stream, Envelope.Message message) {
		InboxItem.Delivered item = InboxItem.Delivered.of(message);
		if (stream == null) {
			refuse(message.streamId(), item);
		}
		else if (!stream.input().deliver(item)) {
			stream.refuseUnknown(item);
		}
	}

	/**
	 * Refuses a message of a stream that is not open.
	 */
	private void refuse(int streamId, InboxItem.Delivered message) {
		ErrorInfo reason = new ErrorInfo(ErrorCode.CANCELLED, "stream %s is closed".formatted(streamId));
		TraceTag tag = message.tag();
		if (tag != null) {
			this.connection.watch().record(TraceEvent.SERVER_SEND, tag, 0, reason);
		}
		if (message.isCall()) {
			this.connection.refuseCall(streamId, message.callId(), reason.withDelivery(Delivery.NOT_PROCESSED));
		}
		this.window.taken(Limits.cost(message.size()), 0);
	}

	private boolean dispatch(MultiplexedStream stream, Envelope.Message message) {
		if (this.dispatcher == null) {
			return false;
		}
		IncomingMessage incoming = new IncomingMessage(stream, message.callId(), message.timeoutNanos(),
				message.priority(), message.headers(), message.payload(),
				message.role() != Envelope.Message.Role.WITHOUT_ANSWERS);
		if (!this.connection.incomingCalls().open(incoming)) {
			this.connection.link().refuse("call %s is made twice".formatted(message.callId()));
			return true;
		}
		return this.dispatcher.dispatch(incoming);
	}

	/**
	 * Counts a message; a message without credit ends the connection.
	 */
	private boolean arrived(@Nullable MultiplexedStream stream, int size) {
		boolean credited = this.window.arrived(Limits.cost(size)) && (stream == null || stream.input().arrived(size));
		if (!credited) {
			this.connection.link().refuse("a message of %s bytes without credit".formatted(size));
		}
		return credited;
	}

	/**
	 * Keeps an answer to a one-way message, which needs no credit.
	 */
	private void receivedAnswer(@Nullable MultiplexedStream stream, InboxItem answer) {
		if (stream != null && stream.output().keepsAnswers() && !stream.input().deliverAnswer(answer)) {
			this.connection.link().refuse("more answers to one-way messages than are kept");
		}
	}

	private void receivedFailure(Envelope.Failure failure) {
		if (failure.callId() != 0) {
			this.connection.outgoingCalls().complete(failure.callId(), new InboxItem.Failed(failure.error()));
			return;
		}
		MultiplexedStream stream = this.streams.find(failure.streamId());
		if (failure.answer()) {
			receivedAnswer(stream, new InboxItem.Failed(failure.error(), true));
			return;
		}
		if (!arrived(stream, 0)) {
			return;
		}
		this.window.taken(0, 1);
		if (stream == null) {
			this.window.taken(Limits.cost(0), 0);
		}
		else if (!stream.input().deliver(new InboxItem.Failed(failure.error()))) {
			stream.input().taken(0, 0);
		}
	}

	@Override
	public long maxIncomplete() {
		long allowed = Math.max(0, this.window.allowedBytes());
		// The overhead of fragments and tables beside the bytes of a message.
		return allowed + allowed / INCOMPLETE_OVERHEAD + ReceiveWindow.FLOOR;
	}

	@Override
	public void closed(ErrorInfo cause) {
		ErrorInfo known = this.connection.availability().lost(cause);
		Termination termination = new Termination.Lost(this.connection.link(), known, Delivery.UNKNOWN);
		this.streams.end(termination);
		this.window.close();
		this.connection.outgoingCalls().completeWhere((call) -> true, termination);
		if (this.dispatcher != null) {
			this.dispatcher.disconnected(this.connection.info(), known);
		}
		this.connection.availability().closed(known);
	}

	@Override
	public String toString() {
		return this.connection.toString();
	}

}
