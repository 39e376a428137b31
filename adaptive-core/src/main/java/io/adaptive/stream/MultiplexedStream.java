package io.adaptive.stream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

import io.adaptive.message.Envelope;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageType;
import io.adaptive.message.ReferencePayload;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a connection.
 */
final class MultiplexedStream implements MessageStream {

	private static final ErrorInfo ORDINARY_END = new ErrorInfo(ErrorCode.OK, "closed");

	private final MultiplexedConnection connection;

	private final int id;

	private final Inbox inbox = new Inbox();

	private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();

	private volatile Duration receiveTimeout = Duration.ZERO;

	private volatile boolean conversation;

	MultiplexedStream(MultiplexedConnection connection, int id, boolean conversation) {
		this.connection = connection;
		this.id = id;
		this.conversation = conversation;
	}

	int id() {
		return this.id;
	}

	MultiplexedConnection connection() {
		return this.connection;
	}

	void openConversation() {
		this.conversation = true;
	}

	/**
	 * Takes a message for which there is no handler.
	 * @return whether a conversation is open
	 */
	boolean deliver(Arrival arrival) {
		if (this.conversation) {
			this.inbox.add(arrival);
		}
		return this.conversation;
	}

	/**
	 * Ends the stream from outside; wakes who waits.
	 */
	void end(Ending reason) {
		if (this.ending.compareAndSet(null, reason)) {
			this.inbox.end(reason);
		}
	}

	/**
	 * Answers a call of the peer.
	 */
	void answer(long callId, @Nullable Object result) {
		if (result instanceof Throwable error) {
			this.connection.send(new Envelope.Failure(this.id, callId, this.connection.describe(error)));
		}
		else {
			this.connection
				.send(new Envelope.Reply(this.id, callId, (result != null) ? new ReferencePayload(result) : null));
		}
	}

	@Override
	public void send(Object message) {
		checkOpen();
		if (message instanceof Throwable error) {
			this.connection.send(new Envelope.Failure(this.id, 0, this.connection.describe(error)));
		}
		else {
			this.connection.send(new Envelope.Message(this.id, 0, 0, new ReferencePayload(message)));
		}
	}

	private void checkOpen() {
		Ending reason = this.ending.get();
		if (reason instanceof Ending.EndOfStream) {
			throw new Ending.Reset(new ErrorInfo(ErrorCode.CANCELLED, "the peer closed " + this)).toException();
		}
		if (reason != null) {
			throw reason.toException();
		}
	}

	@Override
	public <T> T recv(Class<T> type) {
		return recv(type, (callId) -> {
		});
	}

	/**
	 * Receives, and tells which call the message is.
	 */
	@SuppressWarnings("NullAway") // only Void.class gives null, which recv never meets
	<T> T recv(Class<T> type, LongConsumer call) {
		this.connection.checkMayBlock();
		MessageType<T> messageType = MessageType.of(type);
		Arrival arrival = this.inbox.take(this.receiveTimeout, (first) -> first.check(messageType));
		if (arrival instanceof Arrival.Delivered delivered) {
			call.accept(delivered.callId());
		}
		return arrival.as(messageType);
	}

	@Override
	@SuppressWarnings("NullAway") // null for Void.class, as documented
	public <T> T sendRecv(Object request, Class<T> replyType) {
		this.connection.checkMayBlock();
		checkOpen();
		return this.connection.call(this, request, this.receiveTimeout).as(MessageType.of(replyType));
	}

	@Override
	public void setReceiveTimeout(Duration timeout) {
		if (timeout.isNegative()) {
			throw new IllegalArgumentException("A receive timeout is not negative: " + timeout);
		}
		this.receiveTimeout = timeout;
	}

	@Override
	public void close() {
		Ending closed = new Ending.Reset(new ErrorInfo(ErrorCode.CANCELLED, this + " is closed"));
		if (this.ending.compareAndSet(null, closed)) {
			this.inbox.clear();
			this.inbox.end(closed);
			this.connection.closed(this, new Envelope.End(this.id, ORDINARY_END), closed);
		}
	}

	@Override
	public String toString() {
		return "stream %d of %s".formatted(this.id, this.connection);
	}

}
