package io.adaptive.stream;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;

import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Envelope;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.ReferencePayload;
import io.adaptive.transport.Link;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection: streams and calls over a link. At the server's end known
 * messages go to a dispatcher; at the client's end all go to inboxes.
 */
public final class MultiplexedConnection implements Connection, Link.Receiver {

	private static final int DEFAULT_STREAM = 1;

	private final Link link;

	private final @Nullable MessageDispatcher dispatcher;

	private final Map<Integer, MultiplexedStream> streams = new ConcurrentHashMap<>();

	private final Map<Long, PendingCall> calls = new ConcurrentHashMap<>();

	private final AtomicInteger lastStreamId = new AtomicInteger(DEFAULT_STREAM);

	private final AtomicLong lastCallId = new AtomicLong();

	private final CallWindow incomingCalls = new CallWindow();

	private final MultiplexedStream defaultStream;

	/** Why no new call may be sent: closed, lost, or the peer is leaving. */
	private volatile @Nullable ErrorInfo unavailable;

	private volatile Envelope.@Nullable GoAway peerLeaving;

	private volatile Runnable whenClosed = () -> {
	};

	private MultiplexedConnection(Link link, @Nullable MessageDispatcher dispatcher) {
		this.link = link;
		this.dispatcher = dispatcher;
		this.defaultStream = new MultiplexedStream(this, DEFAULT_STREAM, dispatcher == null);
		this.streams.put(DEFAULT_STREAM, this.defaultStream);
	}

	/**
	 * Makes the client's end.
	 * @param link the link
	 * @return the connection, which is also the link's receiver
	 */
	public static MultiplexedConnection client(Link link) {
		return new MultiplexedConnection(link, null);
	}

	/**
	 * Makes the server's end.
	 * @param link the link
	 * @param dispatcher takes known messages to their handlers
	 * @return the connection, which is also the link's receiver
	 */
	public static MultiplexedConnection server(Link link, MessageDispatcher dispatcher) {
		return new MultiplexedConnection(link, dispatcher);
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
		return new ConnectionInfo(this.link.service(), this.link.peer(), this.link.endpoint());
	}

	@Override
	public boolean isOpen() {
		return this.unavailable == null;
	}

	@Override
	public MessageStream newStream() {
		checkAvailable();
		// The client's streams are odd, and nobody but the client opens streams.
		MultiplexedStream stream = new MultiplexedStream(this, this.lastStreamId.addAndGet(2), true);
		this.streams.put(stream.id(), stream);
		send(new Envelope.Open(stream.id()));
		// A connection that was lost meanwhile has ended the streams it knew.
		checkAvailable();
		return stream;
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
		this.link.close(cause);
	}

	/**
	 * Tells the peer that this side is leaving and takes no more calls; those taken
	 * before go on.
	 * @param cause why
	 */
	public void goAway(ErrorInfo cause) {
		send(new Envelope.GoAway(this.incomingCalls.close(), cause));
	}

	Arrival call(MultiplexedStream stream, Object request, Duration timeout) {
		checkAvailable();
		long callId = this.lastCallId.incrementAndGet();
		PendingCall call = new PendingCall(stream.id());
		this.calls.put(callId, call);
		try {
			send(new Envelope.Message(stream.id(), callId, timeout.toNanos(), new ReferencePayload(request)));
			Envelope.GoAway leaving = this.peerLeaving;
			if (leaving != null && callId > leaving.lastCallId()) {
				// Sent after the calls were looked through, and the peer drops it.
				call.complete(lost(leaving.cause(), Delivery.NOT_PROCESSED));
			}
			return call.await(timeout);
		}
		finally {
			if (this.calls.remove(callId) != null && !call.isDone()) {
				cancel(stream.id(), callId);
			}
		}
	}

	private void cancel(int streamId, long callId) {
		try {
			send(new Envelope.Cancel(streamId, callId));
		}
		catch (ConnectionLostException ex) {
			// Then nobody works on the call either.
		}
	}

	private void checkAvailable() {
		ErrorInfo reason = this.unavailable;
		if (reason != null) {
			throw new Ending.Lost(this.link, reason, Delivery.NOT_SENT).toException();
		}
	}

	void checkMayBlock() {
		if (this.link.isEventLoop()) {
			throw new IllegalStateException(
					"A blocking call on event loop thread %s would stop all its connections; call from another thread"
						.formatted(Thread.currentThread().getName()));
		}
	}

	void send(Envelope envelope) {
		this.link.send(envelope);
	}

	ErrorInfo describe(Throwable error) {
		return ErrorInfo.of(error, this.link.service() + "@" + this.link.endpoint());
	}

	/**
	 * This side closed a stream.
	 */
	void closed(MultiplexedStream stream, Envelope.End end, Ending ending) {
		this.streams.remove(stream.id());
		failCallsOf(stream.id(), ending);
		if (this.unavailable == null) {
			try {
				send(end);
			}
			catch (ConnectionLostException ex) {
				// A connection that is gone has ended its streams.
			}
		}
	}

	@Override
	public void received(Envelope envelope) {
		if (envelope instanceof Envelope.Message message) {
			receivedMessage(message);
		}
		else if (envelope instanceof Envelope.Reply reply) {
			complete(reply.callId(), new Arrival.Delivered(reply.payload(), 0));
		}
		else if (envelope instanceof Envelope.Failure failure) {
			receivedFailure(failure);
		}
		else if (envelope instanceof Envelope.Open open) {
			opened(open.streamId());
		}
		else if (envelope instanceof Envelope.End end) {
			ended(end.streamId(), new Ending.EndOfStream(end.streamId()));
		}
		else if (envelope instanceof Envelope.Reset reset) {
			ended(reset.streamId(), new Ending.Reset(reset.cause()));
		}
		else if (envelope instanceof Envelope.GoAway goAway) {
			this.peerLeaving = goAway;
			this.unavailable = goAway.cause();
			failCalls((id, call) -> id > goAway.lastCallId(), lost(goAway.cause(), Delivery.NOT_PROCESSED));
		}
	}

	private void receivedMessage(Envelope.Message message) {
		long callId = message.callId();
		if (callId != 0 && !this.incomingCalls.accept(callId)) {
			return;
		}
		MultiplexedStream stream = this.streams.get(message.streamId());
		if (stream == null) {
			refuse(message, new ErrorInfo(ErrorCode.CANCELLED, "stream %d is closed".formatted(message.streamId())));
		}
		else if (!dispatch(stream, message) && !stream.deliver(new Arrival.Delivered(message.payload(), callId))) {
			refuse(message,
					new ErrorInfo(ErrorCode.UNIMPLEMENTED,
							"Service %s has no handler for message %s, and no conversation is open on stream %d"
								.formatted(this.link.service(), message.payload().typeName(), message.streamId())));
		}
	}

	private boolean dispatch(MultiplexedStream stream, Envelope.Message message) {
		return this.dispatcher != null
				&& this.dispatcher.dispatch(new IncomingMessage(stream, message.callId(), message.payload()));
	}

	private void refuse(Envelope.Message message, ErrorInfo reason) {
		boolean late = reason.code() == ErrorCode.CANCELLED && message.callId() == 0;
		if (!late) {
			send(new Envelope.Failure(message.streamId(), message.callId(),
					reason.withDelivery(Delivery.NOT_PROCESSED)));
		}
	}

	private void receivedFailure(Envelope.Failure failure) {
		if (failure.callId() != 0) {
			complete(failure.callId(), new Arrival.Failed(failure.error()));
			return;
		}
		MultiplexedStream stream = this.streams.get(failure.streamId());
		if (stream != null) {
			stream.deliver(new Arrival.Failed(failure.error()));
		}
	}

	private void complete(long callId, Arrival outcome) {
		PendingCall call = this.calls.remove(callId);
		if (call != null) {
			call.complete(outcome);
		}
	}

	private void opened(int streamId) {
		if (this.dispatcher != null && streamId > DEFAULT_STREAM && streamId % 2 == 1) {
			this.streams.putIfAbsent(streamId, new MultiplexedStream(this, streamId, false));
		}
	}

	private void ended(int streamId, Ending ending) {
		MultiplexedStream stream = this.streams.remove(streamId);
		if (stream != null) {
			stream.end(ending);
			failCallsOf(streamId, ending);
		}
	}

	private void failCallsOf(int streamId, Ending ending) {
		failCalls((id, call) -> call.streamId() == streamId, new Arrival.Ended(ending));
	}

	private void failCalls(BiPredicate<Long, PendingCall> which, Arrival outcome) {
		this.calls.forEach((id, call) -> {
			if (which.test(id, call)) {
				complete(id, outcome);
			}
		});
	}

	private Arrival lost(ErrorInfo cause, Delivery delivery) {
		return new Arrival.Ended(new Ending.Lost(this.link, cause, delivery));
	}

	@Override
	public void closed(ErrorInfo cause) {
		this.unavailable = cause;
		Ending ending = new Ending.Lost(this.link, cause, Delivery.UNKNOWN);
		this.streams.values().forEach((stream) -> stream.end(ending));
		this.streams.clear();
		failCalls((id, call) -> true, new Arrival.Ended(ending));
		this.whenClosed.run();
	}

	@Override
	public String toString() {
		return "connection to %s@%s".formatted(this.link.service(), this.link.endpoint());
	}

}
