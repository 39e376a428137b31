package io.adaptive.stream;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Envelope;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.ReferencePayload;
import io.adaptive.message.StreamResetException;
import io.adaptive.transport.Link;
import io.adaptive.wire.Limits;
import io.adaptive.wire.Protocol;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * One end of a connection: streams and calls over a link. At the server's end known
 * messages go to a dispatcher; at the client's end all go to inboxes.
 */
public final class MultiplexedConnection implements Connection, Link.Receiver {

	private final Link link;

	private final @Nullable MessageDispatcher dispatcher;

	private final Executor callbacks;

	private final ConnectionInfo info;

	private final ConnectionCredit credit;

	private final Map<Integer, MultiplexedStream> streams = new ConcurrentHashMap<>();

	private final OutgoingCalls outgoingCalls = new OutgoingCalls();

	private final IncomingCalls incomingCalls = new IncomingCalls();

	private final ReentrantLock opening = new ReentrantLock();

	/** The last stream that was opened here, or at the other end for the server. */
	private int lastStreamId = Protocol.DEFAULT_STREAM;

	private final MultiplexedStream defaultStream;

	/** Why no new call may be sent: closed, lost, or the peer is leaving. */
	private volatile @Nullable ErrorInfo unavailable;

	private volatile Envelope.@Nullable GoAway peerLeaving;

	private volatile Runnable whenOpened = () -> {
	};

	private volatile Runnable whenClosed = () -> {
	};

	private MultiplexedConnection(Link link, @Nullable MessageDispatcher dispatcher, Executor callbacks) {
		this.link = link;
		this.dispatcher = dispatcher;
		this.callbacks = callbacks;
		this.info = new ConnectionInfo(link.service(), link.peer(), link.endpoint(), link.peerAddress());
		this.credit = new ConnectionCredit(link);
		this.defaultStream = newStream(Protocol.DEFAULT_STREAM);
		this.streams.put(Protocol.DEFAULT_STREAM, this.defaultStream);
	}

	/**
	 * Makes the client's end.
	 * @param link the link
	 * @param callbacks runs what hangs on the futures of this connection
	 * @return the connection, which is also the link's receiver
	 */
	public static MultiplexedConnection client(Link link, Executor callbacks) {
		return new MultiplexedConnection(link, null, callbacks);
	}

	/**
	 * Makes the server's end.
	 * @param link the link
	 * @param dispatcher takes known messages to their handlers
	 * @param callbacks runs what hangs on the futures of this connection
	 * @return the connection, which is also the link's receiver
	 */
	public static MultiplexedConnection server(Link link, MessageDispatcher dispatcher, Executor callbacks) {
		return new MultiplexedConnection(link, dispatcher, callbacks);
	}

	/**
	 * A client has no handlers, so that all its streams are conversations.
	 */
	private MultiplexedStream newStream(int id) {
		return new MultiplexedStream(this, id, this.dispatcher == null, this.credit);
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
	 * Sets what is called once when the connection has ended, for whatever reason. To be
	 * set before the link is put to work.
	 * @param whenClosed called on the event loop, must not block
	 */
	public void onClose(Runnable whenClosed) {
		this.whenClosed = whenClosed;
	}

	@Override
	public ConnectionInfo info() {
		return this.info;
	}

	@Override
	public boolean isOpen() {
		return this.unavailable == null && this.link.isOpen();
	}

	@Override
	public MessageStream newStream() {
		checkAvailable();
		MultiplexedStream stream = openNext();
		// A connection that was lost meanwhile has ended the streams it knew.
		checkAvailable();
		return stream;
	}

	/**
	 * Opens the next stream. The client's are odd, and nobody but the client opens
	 * streams; the lock makes their ids leave in rising order.
	 */
	private MultiplexedStream openNext() {
		this.opening.lock();
		try {
			if (this.lastStreamId > Integer.MAX_VALUE - 2) {
				this.unavailable = new ErrorInfo(ErrorCode.UNAVAILABLE, "all stream ids of this connection are used");
				checkAvailable();
			}
			this.lastStreamId += 2;
			MultiplexedStream stream = newStream(this.lastStreamId);
			this.streams.put(stream.id(), stream);
			send(new Envelope.Open(stream.id()));
			return stream;
		}
		finally {
			this.opening.unlock();
		}
	}

	@Override
	public void send(Object message) {
		this.defaultStream.send(message);
	}

	@Override
	public <T> T recv(Class<T> type) {
		return this.defaultStream.recv(type);
	}

	@Override
	public <T> T sendRecv(Object request, Class<T> replyType) {
		return this.defaultStream.sendRecv(request, replyType);
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
		close(new ErrorInfo(ErrorCode.CANCELLED, "closed by this side"));
	}

	/**
	 * Closes the connection after what was sent before has left.
	 * @param cause why
	 */
	public void close(ErrorInfo cause) {
		this.unavailable = cause;
		this.link.close(cause);
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
		send(new Envelope.GoAway(this.incomingCalls.close(), cause));
	}

	PendingCall beginCall(MultiplexedStream stream, Object request, Duration timeout) {
		checkAvailable();
		PendingCall call = this.outgoingCalls.register(stream);
		try {
			Link.Parcel parcel = prepare(
					new Envelope.Message(stream.id(), call.id(), timeout.toNanos(), new ReferencePayload(request)));
			Outbox.Waiting waiting = stream.outbox().send(parcel, Limits.cost(parcel.size()));
			if (waiting != null) {
				call.waitsForCredit(waiting);
			}
		}
		catch (RuntimeException ex) {
			this.outgoingCalls.forget(call);
			throw ex;
		}
		Envelope.GoAway leaving = this.peerLeaving;
		if (leaving != null && call.id() > leaving.lastCallId()) {
			// Sent after the calls were looked through, and the peer drops it.
			this.outgoingCalls.complete(call.id(), lost(leaving.cause(), Delivery.NOT_PROCESSED));
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
		if (!call.withdrawRequest()) {
			sendIfPossible(new Envelope.Cancel(call.stream().id(), call.id()));
		}
		return true;
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

	/**
	 * A message of any stream was taken.
	 */
	void taken(int cost) {
		int grant = this.credit.taken(cost);
		if (grant > 0) {
			grant(0, grant);
		}
	}

	Link.Parcel prepare(Envelope envelope) {
		return this.link.prepare(envelope);
	}

	private void checkAvailable() {
		ErrorInfo reason = this.unavailable;
		if (reason != null) {
			throw new Ending.Lost(this.link, reason, Delivery.NOT_SENT).toException();
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
	private void sendIfPossible(Envelope envelope) {
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
		return ErrorInfo.of(error, this.link.service() + "@" + this.link.self()).withDelivery(Delivery.UNKNOWN);
	}

	/**
	 * This side closed a stream.
	 */
	void closed(MultiplexedStream stream, Envelope.End end, Ending ending) {
		forget(stream, ending);
		sendIfPossible(end);
	}

	@Override
	public void opened() {
		this.whenOpened.run();
		if (this.dispatcher != null) {
			this.dispatcher.connected(this.info);
			this.dispatcher.streamOpened(this.defaultStream.context());
		}
	}

	@Override
	public void received(Envelope envelope) {
		if (envelope instanceof Envelope.Message message) {
			receivedMessage(message);
		}
		else if (envelope instanceof Envelope.Reply reply) {
			this.outgoingCalls.complete(reply.callId(), new Arrival.Delivered(reply.payload(), 0));
		}
		else if (envelope instanceof Envelope.Failure failure) {
			receivedFailure(failure);
		}
		else if (envelope instanceof Envelope.Open open) {
			openStream(open.streamId());
		}
		else if (envelope instanceof Envelope.End end) {
			ended(end.streamId(), new Ending.EndOfStream(end.streamId(), end.cause()));
		}
		else if (envelope instanceof Envelope.Reset reset) {
			ended(reset.streamId(), new Ending.Reset(reset.cause()));
		}
		else if (envelope instanceof Envelope.Cancel cancel) {
			this.incomingCalls.cancel(cancel.callId());
		}
		else if (envelope instanceof Envelope.Credit grant) {
			receivedCredit(grant);
		}
		else if (envelope instanceof Envelope.GoAway goAway) {
			this.peerLeaving = goAway;
			this.unavailable = goAway.cause();
			this.outgoingCalls.dropAfter(goAway.lastCallId(),
					new Ending.Lost(this.link, goAway.cause(), Delivery.NOT_PROCESSED));
		}
	}

	private void receivedMessage(Envelope.Message message) {
		MultiplexedStream stream = this.streams.get(message.streamId());
		if (!arrived(stream, message.payload().size())) {
			return;
		}
		boolean isCall = message.callId() != 0;
		boolean taken = !isCall || this.incomingCalls.accept(message.callId());
		if (stream == null) {
			refuse(null, message,
					new ErrorInfo(ErrorCode.CANCELLED, "stream %d is closed".formatted(message.streamId())));
		}
		else if (!taken) {
			stream.taken(message.payload().size());
		}
		else if (!dispatch(stream, message)
				&& !stream.deliver(new Arrival.Delivered(message.payload(), message.callId()))) {
			refuse(stream, message,
					new ErrorInfo(ErrorCode.UNIMPLEMENTED,
							"Service %s has no handler for message %s, and no conversation is open on stream %d"
								.formatted(this.link.service(), message.payload().typeName(), message.streamId())));
		}
		if (isCall && taken) {
			// Who drains waits for it from now on, as one that is being handled.
			this.incomingCalls.arrived();
		}
	}

	/**
	 * Counts a message; a peer that sends without credit is refused.
	 */
	private boolean arrived(@Nullable MultiplexedStream stream, int size) {
		boolean credited = this.credit.arrived(Limits.cost(size)) && (stream == null || stream.arrived(size));
		if (!credited) {
			this.link.refuse("a message of %d bytes without credit".formatted(size));
		}
		return credited;
	}

	private void receivedCredit(Envelope.Credit grant) {
		MultiplexedStream stream = this.streams.get(grant.streamId());
		boolean allowed = true;
		if (grant.streamId() == 0) {
			allowed = this.credit.granted(grant.bytes());
		}
		else if (stream != null) {
			allowed = stream.granted(grant.bytes());
		}
		if (!allowed) {
			this.link.refuse("more credit granted on stream %d than was taken".formatted(grant.streamId()));
		}
	}

	private boolean dispatch(MultiplexedStream stream, Envelope.Message message) {
		if (this.dispatcher == null) {
			return false;
		}
		IncomingMessage incoming = new IncomingMessage(stream, message.callId(), message.timeoutNanos(),
				message.payload());
		if (!this.incomingCalls.open(incoming)) {
			this.link.refuse("call %d is made twice".formatted(message.callId()));
			return true;
		}
		return this.dispatcher.dispatch(incoming);
	}

	/**
	 * Refuses a call at once. One-way messages are refused on the stream, where the
	 * refusal needs credit like any message; until it has left, its cause counts as not
	 * taken.
	 */
	private void refuse(@Nullable MultiplexedStream stream, Envelope.Message message, ErrorInfo reason) {
		int size = message.payload().size();
		if (message.callId() != 0) {
			refuseCall(message.streamId(), message.callId(), reason.withDelivery(Delivery.NOT_PROCESSED));
		}
		if (stream == null) {
			taken(Limits.cost(size));
		}
		else if (message.callId() != 0) {
			stream.taken(size);
		}
		else {
			refuseOneWay(stream, reason, () -> stream.taken(size));
		}
	}

	void refuseCall(int streamId, long callId, ErrorInfo reason) {
		this.incomingCalls.forget(callId);
		sendIfPossible(new Envelope.Failure(streamId, callId, reason));
	}

	/**
	 * Refuses a one-way message on its stream.
	 * @param taken called when the refusal has left, or cannot leave any more
	 */
	void refuseOneWay(MultiplexedStream stream, ErrorInfo reason, Runnable taken) {
		try {
			stream.beginRefusal(reason).future().whenComplete((sent, error) -> taken.run());
		}
		catch (ConnectionLostException | StreamResetException ex) {
			taken.run();
		}
	}

	private void receivedFailure(Envelope.Failure failure) {
		if (failure.callId() != 0) {
			this.outgoingCalls.complete(failure.callId(), new Arrival.Failed(failure.error()));
			return;
		}
		MultiplexedStream stream = this.streams.get(failure.streamId());
		if (!arrived(stream, 0)) {
			return;
		}
		if (stream == null) {
			taken(Limits.cost(0));
		}
		else if (!stream.deliver(new Arrival.Failed(failure.error()))) {
			stream.taken(0);
		}
	}

	private void openStream(int streamId) {
		this.opening.lock();
		try {
			if (this.dispatcher == null || streamId <= this.lastStreamId || streamId % 2 == 0) {
				this.link.refuse("stream %d is not one that may be opened now".formatted(streamId));
				return;
			}
			this.lastStreamId = streamId;
			if (this.streams.size() < Protocol.MAX_STREAMS) {
				MultiplexedStream stream = newStream(streamId);
				this.streams.put(streamId, stream);
				this.dispatcher.streamOpened(stream.context());
				return;
			}
		}
		finally {
			this.opening.unlock();
		}
		sendIfPossible(new Envelope.Reset(streamId, new ErrorInfo(ErrorCode.RESOURCE_EXHAUSTED,
				"%d streams are open on this connection, the limit".formatted(Protocol.MAX_STREAMS))));
	}

	private void ended(int streamId, Ending ending) {
		MultiplexedStream stream = this.streams.get(streamId);
		if (stream != null) {
			end(stream, ending);
		}
		if (stream == this.defaultStream && this.unavailable == null) {
			// It cannot be opened again, so that only a new connection has one.
			this.unavailable = new ErrorInfo(ErrorCode.UNAVAILABLE, "the peer closed the default stream");
		}
	}

	private void end(MultiplexedStream stream, Ending ending) {
		stream.end(ending);
		forget(stream, ending);
	}

	/**
	 * Forgets a stream that has ended, whoever ended it first.
	 */
	private void forget(MultiplexedStream stream, Ending ending) {
		boolean known = this.streams.remove(stream.id(), stream);
		this.outgoingCalls.completeWhere((call) -> call.stream() == stream, ending);
		this.incomingCalls.cancelAllOf(stream);
		if (known && this.dispatcher != null) {
			this.dispatcher.streamClosed(stream.context());
		}
	}

	private Arrival lost(ErrorInfo cause, Delivery delivery) {
		return new Arrival.Ended(new Ending.Lost(this.link, cause, delivery));
	}

	@Override
	public void closed(ErrorInfo cause) {
		this.unavailable = cause;
		Ending ending = new Ending.Lost(this.link, cause, Delivery.UNKNOWN);
		this.streams.values().forEach((stream) -> end(stream, ending));
		this.outgoingCalls.completeWhere((call) -> true, ending);
		if (this.dispatcher != null) {
			this.dispatcher.disconnected(this.info, cause);
		}
		this.whenClosed.run();
	}

	@Override
	public String toString() {
		return "connection to %s@%s".formatted(this.link.service(), this.link.endpoint());
	}

}
