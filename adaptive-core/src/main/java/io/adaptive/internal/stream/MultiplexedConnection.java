package io.adaptive.internal.stream;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageHeaders;
import io.adaptive.message.MessageType;
import io.adaptive.message.Priority;
import io.adaptive.message.StreamResetException;
import io.adaptive.message.TraceTag;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.adaptive.spi.Payload;
import io.adaptive.stream.AsyncStream;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.ConnectionStatus;
import io.adaptive.stream.DroppedAnswer;
import io.adaptive.stream.MessageStream;
import io.adaptive.stream.ReactiveStream;
import io.adaptive.trace.TraceEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * One end of a connection: streams and calls over a link. At the server's end known
 * messages go to a dispatcher; at the client's end all go to inboxes.
 */
public final class MultiplexedConnection implements Connection {

	private static final ErrorInfo CLOSED_HERE = new ErrorInfo(ErrorCode.CANCELLED, "closed by this side");

	private static final ErrorInfo A_VALUE = new ErrorInfo(ErrorCode.OK, "the handler returned a value");

	private final Link link;

	private final Executor callbacks;

	private final ConnectionInfo info;

	private final MessageWatch watch;

	private final ConnectionCredit credit;

	private final StreamTable streams;

	private final OutgoingCalls outgoingCalls = new OutgoingCalls();

	private final IncomingCalls incomingCalls = new IncomingCalls();

	private final MultiplexedStream defaultStream;

	private final ConnectionReceiver receiver;

	/** Why no new call may be sent: closed, lost, or the peer is leaving. */
	private volatile @Nullable ErrorInfo unavailable;

	private volatile Envelope.@Nullable GoAway peerLeaving;

	private volatile Runnable whenOpened = () -> {
	};

	private final DroppedAnswers droppedAnswers;

	private volatile Consumer<DroppedAnswer> whenAnswerDropped = (dropped) -> {
	};

	private final ConnectionQueue normal = new ConnectionQueue();

	/** Made when there is such work; for most connections there never is. */
	private volatile @Nullable ConnectionQueue high;

	private volatile @Nullable ConnectionQueue low;

	private final CompletableFuture<ErrorInfo> whenClosed = new CompletableFuture<>();

	private final ConnectionStatus.Side side;

	private final long since = System.nanoTime();

	private volatile @Nullable ErrorInfo leaving;

	/** Messages that still wait get no handler. */
	private volatile boolean closedByService;

	private MultiplexedConnection(Link link, @Nullable MessageDispatcher dispatcher, Executor callbacks,
			ConnectionTelemetry telemetry, ReceiveBudget budget) {
		this.link = link;
		this.side = (dispatcher == null) ? ConnectionStatus.Side.CLIENT : ConnectionStatus.Side.SERVER;
		this.callbacks = callbacks;
		this.info = new ConnectionInfo(link.service(), link.peer(), link.scope(), link.endpoint(), link.peerAddress());
		this.droppedAnswers = new DroppedAnswers(link.traffic());
		this.watch = new MessageWatch(telemetry, link, this.info);
		this.credit = new ConnectionCredit(link, dispatcher != null, budget, this::sendIfPossible);
		// A client has no handlers, so that all its streams are conversations.
		this.streams = new StreamTable(link.traffic(),
				(id) -> new MultiplexedStream(this, id, isClient(), this.credit));
		this.defaultStream = this.streams.defaultStream();
		this.receiver = new ConnectionReceiver(this, link, dispatcher, this.streams, this.outgoingCalls,
				this.incomingCalls, this.credit);
	}

	/**
	 * Makes the client's end.
	 * @param link the link
	 * @param callbacks runs what hangs on the futures of this connection
	 * @return the connection
	 */
	public static MultiplexedConnection client(Link link, Executor callbacks) {
		return client(link, callbacks, ConnectionTelemetry.NONE, ReceiveBudget.unlimited());
	}

	/**
	 * Makes the client's end.
	 * @param link the link
	 * @param callbacks runs what hangs on the futures of this connection
	 * @param telemetry who is told of messages
	 * @param budget what the node can hold
	 * @return the connection
	 */
	public static MultiplexedConnection client(Link link, Executor callbacks, ConnectionTelemetry telemetry,
			ReceiveBudget budget) {
		return new MultiplexedConnection(link, null, callbacks, telemetry, budget);
	}

	/**
	 * Makes the server's end.
	 * @param link the link
	 * @param dispatcher takes known messages to their handlers
	 * @param callbacks runs what hangs on the futures of this connection
	 * @return the connection
	 */
	public static MultiplexedConnection server(Link link, MessageDispatcher dispatcher, Executor callbacks) {
		return server(link, dispatcher, callbacks, ConnectionTelemetry.NONE, ReceiveBudget.unlimited());
	}

	/**
	 * Makes the server's end.
	 * @param link the link
	 * @param dispatcher takes known messages to their handlers
	 * @param callbacks runs what hangs on the futures of this connection
	 * @param telemetry who is told of messages
	 * @param budget what the node can hold
	 * @return the connection
	 */
	public static MultiplexedConnection server(Link link, MessageDispatcher dispatcher, Executor callbacks,
			ConnectionTelemetry telemetry, ReceiveBudget budget) {
		return new MultiplexedConnection(link, dispatcher, callbacks, telemetry, budget);
	}

	/**
	 * Returns what takes in what arrives.
	 * @return the link's receiver
	 */
	public Link.Receiver receiver() {
		return this.receiver;
	}

	/**
	 * Sets what is called once when the connection can be used. To be set before the link
	 * is put to work.
	 * @param whenOpened called on the event loop, must not block
	 */
	public void onOpen(Runnable whenOpened) {
		this.whenOpened = whenOpened;
	}

	/**
	 * Tells when the connection has ended, for whatever reason.
	 * @return completes with the reason, on the event loop or, within a process, on the
	 * thread that closes; what hangs on it must not block
	 */
	public CompletionStage<ErrorInfo> whenClosed() {
		return this.whenClosed;
	}

	/**
	 * Tells whether the connection has ended. One that is not open may go on for a while
	 * with the calls it has, because its peer is leaving.
	 * @return whether {@link #whenClosed()} is complete
	 */
	public boolean hasEnded() {
		return this.whenClosed.isDone();
	}

	/**
	 * Sets what is told of the first of each kind of one-way answers that are dropped. To
	 * be set before the link is put to work.
	 * @param whenAnswerDropped called on the event loop or, within a process, on the
	 * thread of the handler; must not block
	 */
	public void onAnswerDropped(Consumer<DroppedAnswer> whenAnswerDropped) {
		this.whenAnswerDropped = whenAnswerDropped;
	}

	/**
	 * Keeps no one-way answers of the default stream, since many parts of the program
	 * share it: what a handler of a one-way message returns or fails with is dropped
	 * where it is made, counted and reported. To be called before the first message.
	 */
	public void keepNoAnswers() {
		this.defaultStream.keepNoAnswers();
	}

	/**
	 * Counts the calls that wait for an answer.
	 * @return their number, of about this moment
	 */
	public int callsInFlight() {
		return this.outgoingCalls.count();
	}

	/**
	 * Reads what this end of the connection does.
	 * @return the status of this moment
	 */
	public ConnectionStatus status() {
		ConnectionCredit.Blocked blocked = this.credit.blocked();
		return new ConnectionStatus(this.info, this.side, isOpen(), this.leaving != null || this.peerLeaving != null,
				Duration.ofNanos(System.nanoTime() - this.since), this.streams.all().size(), callsInFlight(),
				this.incomingCalls.count(), this.credit.available(), blocked.streams(), blocked.messages(),
				Duration.ofNanos(blocked.nanos()));
	}

	@Override
	public ConnectionInfo info() {
		return this.info;
	}

	/**
	 * Returns the address of this machine from which the peer is reached.
	 * @return the address, {@code null} where there is none
	 */
	public @Nullable InetAddress ownAddress() {
		return this.link.ownAddress();
	}

	@Override
	public boolean isOpen() {
		return this.unavailable == null && this.link.isOpen();
	}

	@Override
	public MessageStream newStream() {
		checkAvailable();
		MultiplexedStream stream = this.streams.openNext((next) -> send(new Envelope.Open(next.id())));
		if (stream == null && this.unavailable == null) {
			this.unavailable = new ErrorInfo(ErrorCode.UNAVAILABLE, "all stream ids of this connection are used");
		}
		// A connection that was lost meanwhile has ended the streams it knew.
		checkAvailable();
		return Objects.requireNonNull(stream);
	}

	@Override
	public CompletableFuture<MessageStream> newStreamAsync(CallSettings settings) {
		try {
			return CompletableFuture.completedFuture(newStream());
		}
		catch (RuntimeException | Error ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public void send(Object message) {
		this.defaultStream.send(message);
	}

	@Override
	public void send(Object message, CallSettings settings) {
		this.defaultStream.send(message, settings);
	}

	@Override
	public boolean isWritable() {
		return this.defaultStream.isWritable();
	}

	@Override
	public <T> T recv(MessageType<T> type) {
		return this.defaultStream.recv(type);
	}

	@Override
	public <T> T sendRecv(Object request, MessageType<T> replyType, CallSettings settings) {
		return this.defaultStream.sendRecv(request, replyType, settings);
	}

	@Override
	public AsyncStream async() {
		return this.defaultStream.async();
	}

	@Override
	public ReactiveStream reactive() {
		return this.defaultStream.reactive();
	}

	@Override
	public InputStream inputStream() {
		return this.defaultStream.inputStream();
	}

	@Override
	public OutputStream outputStream() {
		return this.defaultStream.outputStream();
	}

	@Override
	public void setReceiveTimeout(Duration timeout) {
		this.defaultStream.setReceiveTimeout(timeout);
	}

	@Override
	public void close() {
		close(CLOSED_HERE);
	}

	/**
	 * Closes the connection after what was sent before has left, and tells the peer why.
	 * @param cause why, for both ends
	 */
	public void close(ErrorInfo cause) {
		if (this.link.isOpen() && !cause.equals(this.leaving) && !cause.equals(CLOSED_HERE)) {
			sendIfPossible(new Envelope.GoAway(Long.MAX_VALUE, cause));
		}
		this.unavailable = cause;
		this.link.close(cause);
	}

	/**
	 * Closes the connection at once, since nothing reaches the peer any more.
	 * @param cause why, for this end
	 */
	public void breakOff(ErrorInfo cause) {
		this.unavailable = cause;
		this.link.breakOff(cause);
	}

	/**
	 * Closes the connection for a reason of the service, which is its origin.
	 */
	void closeForService(ErrorInfo reason) {
		this.closedByService = true;
		close(new ErrorInfo(reason.code(), reason.message(), reason.type(), origin(), reason.delivery(),
				reason.retryAfter()));
	}

	boolean isClosedByService() {
		return this.closedByService;
	}

	private String origin() {
		return this.link.service() + "@" + this.link.self();
	}

	/**
	 * Returns why the connection has ended, as far as this end knows. A peer that closes
	 * may have told why before.
	 */
	ErrorInfo knownCause(ErrorInfo cause) {
		Envelope.GoAway told = this.peerLeaving;
		return (told != null && cause.equals(Link.CLOSED_BY_PEER)) ? told.cause() : cause;
	}

	/**
	 * Tells whether calls that were accepted are still on their way: ids are drawn before
	 * calls are sent, and may overtake each other.
	 * @return whether calls up to the last accepted one are missing
	 */
	public boolean isMissingCalls() {
		return this.link.isOpen() && this.incomingCalls.isMissingCalls();
	}

	/**
	 * Tells the peer that this side is leaving and takes no more calls; those taken
	 * before go on.
	 * @param cause why
	 */
	public void goAway(ErrorInfo cause) {
		this.leaving = cause;
		send(new Envelope.GoAway(this.incomingCalls.close(), cause));
	}

	PendingCall beginCall(MultiplexedStream stream, Object request, Duration timeout, @Nullable Priority priority,
			MessageHeaders headers) {
		checkAvailable();
		PendingCall call = this.outgoingCalls.register(stream);
		// Before the request leaves: within a process its handler may run on this thread.
		if (call.ofHandler().isDone()) {
			return call;
		}
		try {
			Link.PreparedEnvelope prepared = prepare(new Envelope.Message(stream.id(), call.id(), timeout.toNanos(),
					priority, headers, this.link.payload(request), stream.role()));
			Outbox.Waiting waiting = stream.outbox().send(prepared, Limits.cost(prepared.size()), true);
			if (waiting != null) {
				call.waitsForCredit(waiting);
			}
		}
		catch (RuntimeException | Error ex) {
			this.outgoingCalls.forget(call);
			call.leaveHandler();
			throw ex;
		}
		if (call.isGivenUp()) {
			// While it was sent, so that the peer may have heard of that first.
			withdraw(call);
		}
		Envelope.GoAway leaving = this.peerLeaving;
		if (leaving != null && call.id() > leaving.lastCallId()) {
			// Sent after the calls were looked through, and the peer drops it.
			this.outgoingCalls.complete(call.id(),
					new InboxItem.Ended(new Termination.Lost(this.link, leaving.cause(), Delivery.NOT_PROCESSED)));
		}
		return call;
	}

	/**
	 * The caller waits no longer.
	 * @return whether the call had no outcome yet
	 */
	boolean giveUp(PendingCall call) {
		if (!this.outgoingCalls.forget(call)) {
			return false;
		}
		withdraw(call);
		return true;
	}

	private void withdraw(PendingCall call) {
		if (!call.withdrawRequest()) {
			sendIfPossible(new Envelope.Cancel(call.stream().id(), call.id()));
		}
	}

	private boolean isClient() {
		return this.side == ConnectionStatus.Side.CLIENT;
	}

	/**
	 * Tells who wants to know that a message is about to be sent, if this is the client's
	 * end.
	 */
	SentMessage sending(int stream, Object message, boolean call) {
		return isClient() ? this.watch.sending(stream, message, call) : SentMessage.UNWATCHED;
	}

	/**
	 * Returns where messages of this connection wait for a worker.
	 */
	ConnectionQueue queue(Priority priority) {
		return switch (priority) {
			case HIGH -> high();
			case NORMAL -> this.normal;
			case LOW -> low();
		};
	}

	private ConnectionQueue high() {
		ConnectionQueue known = this.high;
		return (known != null) ? known : makeHigh();
	}

	private synchronized ConnectionQueue makeHigh() {
		ConnectionQueue queue = (this.high != null) ? this.high : new ConnectionQueue();
		this.high = queue;
		return queue;
	}

	private ConnectionQueue low() {
		ConnectionQueue known = this.low;
		return (known != null) ? known : makeLow();
	}

	private synchronized ConnectionQueue makeLow() {
		ConnectionQueue queue = (this.low != null) ? this.low : new ConnectionQueue();
		this.low = queue;
		return queue;
	}

	MessageWatch watch() {
		return this.watch;
	}

	IncomingCalls incomingCalls() {
		return this.incomingCalls;
	}

	Executor callbacks() {
		return this.callbacks;
	}

	void grant(int streamId, int bytes) {
		sendIfPossible(new Envelope.Credit(streamId, bytes));
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

	private void checkAvailable() {
		ErrorInfo reason = this.unavailable;
		if (reason != null) {
			throw new Termination.Lost(this.link, reason, Delivery.NOT_SENT).toException();
		}
	}

	boolean mayBlock() {
		return !this.link.isEventLoop() && !Schedulers.isInNonBlockingThread();
	}

	void checkMayBlock() {
		if (!mayBlock()) {
			throw new IllegalStateException(
					"A blocking call on event loop thread %s would stop all its connections; call from another thread"
						.formatted(Thread.currentThread().getName()));
		}
	}

	void send(Envelope envelope) {
		this.link.send(envelope);
	}

	/**
	 * Sends what nobody needs once the connection is gone.
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
	 * Tells how a handler's error travels. Whatever the error knows of a call that failed
	 * inside the handler, the handler itself has run.
	 */
	ErrorInfo describe(Throwable error) {
		return ErrorInfo.of(error, origin()).withDelivery(Delivery.UNKNOWN);
	}

	/**
	 * This side closed a stream.
	 */
	void closed(MultiplexedStream stream, Envelope.End end, Termination termination) {
		this.receiver.forget(stream, termination);
		sendIfPossible(end);
	}

	/**
	 * Refuses messages for which there is neither a handler nor a conversation.
	 */
	void refuse(MultiplexedStream stream, List<InboxItem> arrivals) {
		for (InboxItem item : arrivals) {
			if (item instanceof InboxItem.Delivered message) {
				this.receiver.refuseUnknown(stream, message);
			}
			else {
				stream.taken(item.size());
			}
		}
	}

	void refuseCall(int streamId, long callId, ErrorInfo reason) {
		this.incomingCalls.forget(callId);
		sendIfPossible(new Envelope.Failure(streamId, callId, reason));
	}

	/**
	 * Answers a one-way message, if its sender keeps the answer. Never waits.
	 * @param messageType the type of the one-way message
	 * @param kept whether the sender keeps answers
	 * @param result the value, a {@link Throwable} or the {@link ErrorInfo} of a refusal
	 * @param tag the place of the message in a traced conversation, if it is traced
	 * @throws io.adaptive.message.MessageCodecException if it cannot be encoded
	 */
	void answerOneWay(MultiplexedStream stream, String messageType, boolean kept, Object result,
			@Nullable TraceTag tag) {
		if (!kept || !stream.sendAnswer(result, tag)) {
			if (tag != null) {
				this.watch.record(TraceEvent.SERVER_SEND, tag, 0, result);
			}
			this.droppedAnswers.dropped(stream.id(), messageType, errorOf(result), this::sendIfPossible);
		}
	}

	private ErrorInfo errorOf(Object result) {
		if (result instanceof ErrorInfo refusal) {
			return refusal;
		}
		return (result instanceof Throwable error) ? describe(error) : A_VALUE;
	}

	/**
	 * Refuses a one-way message before any handler saw it.
	 */
	void refuseOneWay(MultiplexedStream stream, String messageType, boolean kept, ErrorInfo reason) {
		try {
			answerOneWay(stream, messageType, kept, reason.withDelivery(Delivery.NOT_PROCESSED), null);
		}
		catch (ConnectionLostException | StreamResetException ex) {
			// Its sender has ended what it was sent on.
		}
	}

	/**
	 * The peer has dropped one-way answers.
	 */
	void reported(Envelope.Report report) {
		if (isClient() && this.droppedAnswers.reported(report)) {
			this.whenAnswerDropped.accept(new DroppedAnswer(report.messageType(), report.error()));
		}
	}

	/**
	 * The link is at work.
	 */
	void opened() {
		this.whenOpened.run();
	}

	void peerLeaves(Envelope.GoAway goAway) {
		this.peerLeaving = goAway;
		this.unavailable = goAway.cause();
		this.outgoingCalls.dropAfter(goAway.lastCallId(),
				new Termination.Lost(this.link, goAway.cause(), Delivery.NOT_PROCESSED));
	}

	/**
	 * The peer closed the default stream. It cannot be opened again, so that only a new
	 * connection has one.
	 */
	void defaultStreamEnded() {
		if (this.unavailable == null) {
			this.unavailable = new ErrorInfo(ErrorCode.UNAVAILABLE, "the peer closed the default stream");
		}
	}

	/**
	 * The link is gone.
	 */
	void lost(ErrorInfo cause) {
		this.unavailable = cause;
	}

	/**
	 * The link is gone, and all that was open on it has ended.
	 */
	void closed(ErrorInfo cause) {
		this.whenClosed.complete(cause);
	}

	@Override
	public String toString() {
		return "connection to %s@%s".formatted(this.link.service(), this.link.endpoint());
	}

}
