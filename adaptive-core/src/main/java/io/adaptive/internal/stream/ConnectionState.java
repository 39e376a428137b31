package io.adaptive.internal.stream;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.TraceTag;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.adaptive.spi.Payload;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.DroppedAnswer;
import io.adaptive.trace.TraceEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The state shared by all streams of a connection: the link, the credit, the open calls,
 * the availability and the telemetry. Independent of the streams themselves. Thread-safe.
 */
final class ConnectionState {

	/**
	 * A decoding cannot be stopped, and each takes a thread. Beyond these a caller waits
	 * for its own one.
	 */
	private static final int MAX_TIMED_DECODINGS = 16;

	private static final ErrorInfo A_VALUE = new ErrorInfo(ErrorCode.OK, "the handler returned a value");

	private final Link link;

	private final boolean client;

	private final Executor callbacks;

	private final ConnectionInfo info;

	private final MessageWatch watch;

	private final ConnectionCredit credit;

	private final Availability availability;

	private final OutgoingCalls outgoingCalls = new OutgoingCalls();

	private final IncomingCalls incomingCalls = new IncomingCalls();

	private final ConnectionQueues queues = new ConnectionQueues();

	private final QuickTypes quickTypes = new QuickTypes();

	/** Limits the decodings that go on after their callers have left them. */
	private final Semaphore timedDecodings = new Semaphore(MAX_TIMED_DECODINGS);

	private final DroppedAnswers droppedAnswers;

	private volatile Consumer<DroppedAnswer> whenAnswerDropped = (dropped) -> {
	};

	/**
	 * Creates the state of a connection.
	 * @param client whether this is the client's end
	 * @param callbacks executor for the dependent stages of futures
	 * @param telemetry the tracer and the observer of messages
	 * @param budget the receive budget of the node
	 */
	ConnectionState(Link link, boolean client, Executor callbacks, ConnectionTelemetry telemetry,
			ReceiveBudget budget) {
		this.link = link;
		this.client = client;
		this.callbacks = callbacks;
		this.info = new ConnectionInfo(link.service(), link.peer(), link.scope(), link.endpoint(), link.peerAddress());
		this.availability = new Availability(link);
		this.droppedAnswers = new DroppedAnswers(link.traffic());
		this.watch = new MessageWatch(telemetry, link, this.info);
		this.credit = new ConnectionCredit(link, !client, budget, this::sendIfPossible);
	}

	Link link() {
		return this.link;
	}

	/**
	 * Returns whether this is the client's end, which has no handlers.
	 */
	boolean isClient() {
		return this.client;
	}

	ConnectionInfo info() {
		return this.info;
	}

	MessageWatch watch() {
		return this.watch;
	}

	ConnectionCredit credit() {
		return this.credit;
	}

	Availability availability() {
		return this.availability;
	}

	OutgoingCalls outgoingCalls() {
		return this.outgoingCalls;
	}

	IncomingCalls incomingCalls() {
		return this.incomingCalls;
	}

	/**
	 * Returns the queues in which messages of this connection wait for a worker.
	 */
	ConnectionQueues queues() {
		return this.queues;
	}

	/**
	 * Returns the types of received messages that were decoded quickly.
	 */
	QuickTypes quickTypes() {
		return this.quickTypes;
	}

	/**
	 * Returns the permits of decodings on callback threads. Without one, a caller decodes
	 * on its own thread.
	 */
	Semaphore timedDecodings() {
		return this.timedDecodings;
	}

	Executor callbacks() {
		return this.callbacks;
	}

	boolean isReady(Object message) {
		return this.link.isReady(message);
	}

	Payload payload(Object message) {
		return this.link.payload(message);
	}

	Link.PreparedEnvelope prepare(Envelope envelope) {
		return this.link.prepare(envelope);
	}

	void send(Envelope envelope) {
		this.link.send(envelope);
	}

	/**
	 * Sends an envelope that is not needed once the connection is lost.
	 */
	void sendIfPossible(Envelope envelope) {
		try {
			send(envelope);
		}
		catch (ConnectionLostException ex) {
			// Its streams and calls have ended with it, at both ends.
		}
	}

	/**
	 * Notifies the telemetry of a message that is about to be sent, at the client's end.
	 * @param call whether it is a call
	 */
	SentMessage sending(int streamId, Object message, boolean call) {
		return this.client ? this.watch.sending(streamId, message, call) : SentMessage.UNWATCHED;
	}

	/**
	 * Checks that the calling thread may block.
	 * @throws IllegalStateException if it is an event loop
	 */
	void checkMayBlock() {
		if (this.link.isEventLoop() || Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException(
					"A blocking call on event loop thread %s would stop all its connections; call from another thread"
						.formatted(Thread.currentThread().getName()));
		}
	}

	/**
	 * Returns the form in which a handler's error is sent. Its delivery is {@code
	 * UNKNOWN}, even if the error comes from a failed call inside the handler: the
	 * handler itself has run.
	 */
	ErrorInfo describe(Throwable error) {
		return ErrorInfo.of(error, this.availability.origin()).withDelivery(Delivery.UNKNOWN);
	}

	/**
	 * Refuses a call of the peer.
	 */
	void refuseCall(int streamId, long callId, ErrorInfo reason) {
		this.incomingCalls.forget(callId);
		sendIfPossible(new Envelope.Failure(streamId, callId, reason));
	}

	/**
	 * Notes that the peer takes no more calls, and ends the calls after the last one it
	 * took.
	 */
	void peerLeaves(Envelope.GoAway goAway) {
		this.availability.peerLeaves(goAway);
		this.outgoingCalls.dropAfter(goAway.lastCallId(),
				new Termination.Lost(this.link, goAway.cause(), Delivery.NOT_PROCESSED));
	}

	/**
	 * Counts an answer to a one-way message that is dropped here.
	 * @param messageType the type of the one-way message
	 * @param result the value, a {@link Throwable} or the {@link ErrorInfo} of a refusal
	 * @param tag the place of the message in a traced conversation, if it is traced
	 */
	void dropAnswer(int streamId, String messageType, Object result, @Nullable TraceTag tag) {
		if (tag != null) {
			this.watch.record(TraceEvent.SERVER_SEND, tag, 0, result);
		}
		this.droppedAnswers.dropped(streamId, messageType, errorOf(result), this::sendIfPossible);
	}

	private ErrorInfo errorOf(Object result) {
		if (result instanceof ErrorInfo refusal) {
			return refusal;
		}
		return (result instanceof Throwable error) ? describe(error) : A_VALUE;
	}

	/**
	 * Sets the callback for the first dropped one-way answer of each kind.
	 */
	void onAnswerDropped(Consumer<DroppedAnswer> whenAnswerDropped) {
		this.whenAnswerDropped = whenAnswerDropped;
	}

	/**
	 * Notes that the peer has dropped one-way answers.
	 */
	void answersDropped(Envelope.Report report) {
		if (this.client && this.droppedAnswers.reported(report)) {
			this.whenAnswerDropped.accept(new DroppedAnswer(report.messageType(), report.error()));
		}
	}

	@Override
	public String toString() {
		return "connection to %s@%s".formatted(this.link.service(), this.link.endpoint());
	}

}
