package io.adaptive.internal.stream;

import java.util.concurrent.CompletionStage;

import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.internal.wire.Protocol;
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
 * The receiving half of a connection: takes each envelope to its stream, its call or its
 * handler.
 */
final class ConnectionReceiver implements Link.Receiver {

	/** A part of 64 is more than a frame adds to its payload. */
	private static final int INCOMPLETE_OVERHEAD = 64;

	private final MultiplexedConnection connection;

	private final Link link;

	private final @Nullable MessageDispatcher dispatcher;

	private final StreamTable streams;

	private final OutgoingCalls outgoingCalls;

	private final IncomingCalls incomingCalls;

	private final ConnectionCredit credit;

	ConnectionReceiver(MultiplexedConnection connection, Link link, @Nullable MessageDispatcher dispatcher,
			StreamTable streams, OutgoingCalls outgoingCalls, IncomingCalls incomingCalls, ConnectionCredit credit) {
		this.connection = connection;
		this.link = link;
		this.dispatcher = dispatcher;
		this.streams = streams;
		this.outgoingCalls = outgoingCalls;
		this.incomingCalls = incomingCalls;
		this.credit = credit;
	}

	@Override
	public @Nullable CompletionStage<?> admission() {
		return (this.dispatcher != null) ? this.dispatcher.admit(this.connection.info()) : null;
	}

	@Override
	public void opened() {
		this.connection.opened();
		this.credit.received().open();
		if (this.dispatcher != null) {
			this.dispatcher.connected(this.connection.info());
			this.dispatcher.streamOpened(this.streams.defaultStream().context());
		}
	}

	@Override
	public void received(Envelope envelope) {
		if (envelope instanceof Envelope.Message message) {
			receivedMessage(message);
		}
		else if (envelope instanceof Envelope.Reply reply) {
			this.outgoingCalls.complete(reply.callId(), new InboxItem.Answered(reply.payload(), reply.followed()));
		}
		else if (envelope instanceof Envelope.Failure failure) {
			receivedFailure(failure);
		}
		else if (envelope instanceof Envelope.Credit grant) {
			receivedCredit(grant);
		}
		else {
			receivedControl(envelope);
		}
	}

	private void receivedControl(Envelope envelope) {
		if (envelope instanceof Envelope.Open open) {
			openStream(open.streamId());
		}
		else if (envelope instanceof Envelope.End end) {
			ended(end.streamId(), new Termination.EndOfStream(end.streamId(), end.cause()));
		}
		else if (envelope instanceof Envelope.Reset reset) {
			ended(reset.streamId(), new Termination.Reset(reset.cause()));
		}
		else if (envelope instanceof Envelope.Cancel cancel) {
			this.incomingCalls.cancel(cancel.callId());
		}
		else if (envelope instanceof Envelope.GoAway goAway) {
			this.connection.peerLeaves(goAway);
		}
		else if (envelope instanceof Envelope.Report report) {
			this.connection.reported(report);
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
		if (isCall && !this.incomingCalls.accept(message.callId())) {
			drop(stream, message);
			return;
		}
		if (stream == null || !dispatch(stream, message)) {
			// No worker is needed.
			this.credit.received().taken(0, 1);
			deliver(stream, message);
		}
		if (stream != null) {
			stream.passOnWait();
		}
		if (isCall) {
			// Who drains waits for it from now on, as one that is being handled.
			this.incomingCalls.arrived();
		}
	}

	/**
	 * Lets go of a call that came after the last one that this side takes, as the peer
	 * knows from GOAWAY.
	 */
	private void drop(@Nullable MultiplexedStream stream, Envelope.Message message) {
		int size = message.payload().size();
		if (stream != null) {
			stream.taken(size, 1);
		}
		else {
			this.credit.received().taken(Limits.cost(size), 1);
		}
	}

	private void deliver(@Nullable MultiplexedStream stream, Envelope.Message message) {
		InboxItem.Delivered item = InboxItem.Delivered.of(message);
		if (stream == null) {
			refuse(null, message.streamId(), item,
					new ErrorInfo(ErrorCode.CANCELLED, "stream %s is closed".formatted(message.streamId())));
		}
		else if (!stream.deliver(item)) {
			refuseUnknown(stream, item);
		}
	}

	/**
	 * Refuses a message for which there is neither a handler nor a conversation.
	 */
	void refuseUnknown(MultiplexedStream stream, InboxItem.Delivered message) {
		refuse(stream, stream.id(), message,
				new ErrorInfo(ErrorCode.UNIMPLEMENTED,
						"Service %s has no handler for message %s, and no conversation is open on stream %s"
							.formatted(this.link.service(), message.payload().typeName(), stream.id())));
	}

	private boolean dispatch(MultiplexedStream stream, Envelope.Message message) {
		if (this.dispatcher == null) {
			return false;
		}
		IncomingMessage incoming = new IncomingMessage(stream, message.callId(), message.timeoutNanos(),
				message.priority(), message.headers(), message.payload(),
				message.role() != Envelope.Message.Role.WITHOUT_ANSWERS);
		if (!this.incomingCalls.open(incoming)) {
			this.link.refuse("call %s is made twice".formatted(message.callId()));
			return true;
		}
		return this.dispatcher.dispatch(incoming);
	}

	/**
	 * Counts a message; a peer that sends without credit is refused.
	 */
	private boolean arrived(@Nullable MultiplexedStream stream, int size) {
		boolean credited = this.credit.received().arrived(Limits.cost(size))
				&& (stream == null || stream.arrived(size));
		if (!credited) {
			this.link.refuse("a message of %s bytes without credit".formatted(size));
		}
		return credited;
	}

	/**
	 * Keeps an answer to a one-way message, which costs no credit.
	 */
	private void receivedAnswer(@Nullable MultiplexedStream stream, InboxItem answer) {
		if (stream != null && !stream.deliverAnswer(answer)) {
			this.link.refuse("more answers to one-way messages than are kept");
		}
	}

	/**
	 * Refuses a message at once.
	 */
	private void refuse(@Nullable MultiplexedStream stream, int streamId, InboxItem.Delivered message,
			ErrorInfo reason) {
		int size = message.size();
		TraceTag tag = message.tag();
		if (tag != null) {
			this.connection.watch().record(TraceEvent.SERVER_SEND, tag, 0, reason);
		}
		if (message.isCall()) {
			this.connection.refuseCall(streamId, message.callId(), reason.withDelivery(Delivery.NOT_PROCESSED));
		}
		if (stream == null) {
			this.credit.received().taken(Limits.cost(size), 0);
		}
		else {
			stream.taken(size);
		}
		if (stream != null && !message.isCall()) {
			this.connection.refuseOneWay(stream, message.payload().typeName(), message.keepsAnswers(), reason);
		}
	}

	private void receivedFailure(Envelope.Failure failure) {
		if (failure.callId() != 0) {
			this.outgoingCalls.complete(failure.callId(), new InboxItem.Failed(failure.error()));
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
		this.credit.received().taken(0, 1);
		if (stream == null) {
			this.credit.received().taken(Limits.cost(0), 0);
		}
		else if (!stream.deliver(new InboxItem.Failed(failure.error()))) {
			stream.taken(0);
		}
	}

	private void receivedCredit(Envelope.Credit credit) {
		MultiplexedStream stream = this.streams.find(credit.streamId());
		switch (credit.purpose()) {
			case GRANT, GRANT_WAITING -> granted(stream, credit);
			case REQUEST, REQUEST_CALL -> requested(stream, credit);
			case RECALL -> this.credit.recalled(credit.bytes());
			case RETURN -> {
				if (!this.credit.received().returned(credit.bytes(), credit.messages())) {
					this.link.refuse("more credit given back than was granted");
				}
			}
			case ANSWERS_TAKEN -> {
				if (stream != null && !stream.answersTaken(credit.bytes())) {
					this.link.refuse("more answers to one-way messages taken than were sent");
				}
			}
		}
	}

	private void granted(@Nullable MultiplexedStream stream, Envelope.Credit grant) {
		boolean allowed = true;
		if (grant.purpose() == Envelope.Credit.Purpose.GRANT_WAITING && stream != null) {
			allowed = this.credit.grantedWaiting(stream, grant.bytes(), grant.messages());
			this.credit.pump();
		}
		else if (grant.purpose() == Envelope.Credit.Purpose.GRANT_WAITING || grant.streamId() == 0) {
			allowed = this.credit.granted(grant.bytes(), grant.messages());
		}
		else if (stream != null) {
			allowed = stream.granted(grant.bytes());
		}
		if (!allowed) {
			this.link.refuse("more credit granted on stream %s than was taken".formatted(grant.streamId()));
		}
	}

	/**
	 * The request may have overtaken the opening of its stream.
	 */
	private void requested(@Nullable MultiplexedStream stream, Envelope.Credit request) {
		boolean call = request.purpose() == Envelope.Credit.Purpose.REQUEST_CALL;
		int cost = Limits.cost(request.bytes());
		Request waiting = new Request(request.streamId(), cost, call, request.messages());
		if (cost > Limits.cost((int) this.link.limits().maxMessage())) {
			this.link.refuse("credit requested for a message of %s bytes".formatted(cost));
		}
		else if (stream != null) {
			stream.requested(waiting);
		}
		else {
			this.credit.received().requested(waiting, false);
		}
	}

	@Override
	public long maxIncomplete() {
		long allowed = Math.max(0, this.credit.received().allowedBytes());
		// What fragments and tables need beside the bytes of a message.
		return allowed + allowed / INCOMPLETE_OVERHEAD + ReceiveWindow.FLOOR;
	}

	private void openStream(int streamId) {
		if (this.dispatcher == null || !this.streams.mayOpen(streamId)) {
			this.link.refuse("stream %s is not one that may be opened now".formatted(streamId));
			return;
		}
		MultiplexedStream stream = this.streams.open(streamId);
		if (stream != null) {
			this.dispatcher.streamOpened(stream.context());
			return;
		}
		this.connection.sendIfPossible(new Envelope.Reset(streamId, new ErrorInfo(ErrorCode.RESOURCE_EXHAUSTED,
				"%s streams are open on this connection, the limit".formatted(Protocol.MAX_STREAMS))));
	}

	private void ended(int streamId, Termination termination) {
		MultiplexedStream stream = this.streams.find(streamId);
		if (stream != null) {
			end(stream, termination);
		}
		if (stream == this.streams.defaultStream()) {
			this.connection.defaultStreamEnded();
		}
	}

	private void end(MultiplexedStream stream, Termination termination) {
		stream.end(termination);
		forget(stream, termination);
	}

	/**
	 * Forgets a stream that has ended, whoever ended it first.
	 */
	void forget(MultiplexedStream stream, Termination termination) {
		boolean known = this.streams.remove(stream);
		this.outgoingCalls.completeWhere((call) -> call.stream() == stream, termination);
		this.incomingCalls.cancelAllOf(stream);
		if (known && this.dispatcher != null) {
			this.dispatcher.streamClosed(stream.context());
		}
	}

	@Override
	public void closed(ErrorInfo cause) {
		ErrorInfo known = this.connection.knownCause(cause);
		Termination termination = new Termination.Lost(this.link, known, Delivery.UNKNOWN);
		this.connection.lost(known);
		this.streams.close();
		this.streams.all().forEach((stream) -> end(stream, termination));
		this.credit.received().close();
		this.outgoingCalls.completeWhere((call) -> true, termination);
		if (this.dispatcher != null) {
			this.dispatcher.disconnected(this.connection.info(), known);
		}
		this.connection.closed(known);
	}

	@Override
	public String toString() {
		return this.connection.toString();
	}

}
