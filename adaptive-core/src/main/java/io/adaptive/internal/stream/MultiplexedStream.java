package io.adaptive.internal.stream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.adaptive.internal.message.TimeLimit;
import io.adaptive.internal.wire.Protocol;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageHeaders;
import io.adaptive.message.MessageType;
import io.adaptive.message.Priority;
import io.adaptive.message.TraceTag;
import io.adaptive.spi.Envelope;
import io.adaptive.stream.StreamContext;
import io.adaptive.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a connection.
 */
final class MultiplexedStream extends AbstractStream {

	private static final ErrorInfo ORDINARY_END = new ErrorInfo(ErrorCode.OK, "closed");

	private final ConnectionState connection;

	private final int id;

	private final Owner owner;

	private final StreamInput input;

	private final StreamOutput output;

	private final AtomicReference<@Nullable Termination> termination = new AtomicReference<>();

	private final StreamContext context;

	private final SerialQueue serialQueue = new SerialQueue();

	/** Created on request; most streams end without one. */
	private volatile @Nullable CompletableFuture<@Nullable Void> endSignal;

	private volatile Duration receiveTimeout = Duration.ZERO;

	/**
	 * Creates a stream. A client has no handlers, so all its streams are conversations.
	 * @param owner notified when this side closes the stream
	 */
	MultiplexedStream(ConnectionState connection, int id, Owner owner) {
		this.connection = connection;
		this.id = id;
		this.owner = owner;
		this.input = new StreamInput(connection, id, connection.isClient());
		this.output = new StreamOutput(connection, id);
		this.context = new StreamAttributes(connection.info(), id, connection.availability()::closeForService);
	}

	boolean isEnded() {
		return this.termination.get() != null;
	}

	int id() {
		return this.id;
	}

	@Override
	ConnectionState connection() {
		return this.connection;
	}

	StreamContext context() {
		return this.context;
	}

	SerialQueue serialQueue() {
		return this.serialQueue;
	}

	StreamInput input() {
		return this.input;
	}

	StreamOutput output() {
		return this.output;
	}

	/**
	 * Notes that a handler that received this stream is done. On the default stream the
	 * conversation ends with the last of them, since nothing else ends it while the
	 * connection lasts; on other streams it stays open until the stream ends.
	 */
	void handlerDone() {
		if (this.id == Protocol.DEFAULT_STREAM) {
			this.input.closeConversation(new Termination.ConversationOver(this)).forEach(this::refuse);
		}
	}

	/**
	 * Ends the stream on behalf of the peer or the connection, and completes waiting
	 * operations.
	 */
	void end(Termination reason) {
		if (this.termination.compareAndSet(null, reason)) {
			this.input.end(reason);
			this.output.end(reason.forSender(this));
			signalEnd();
		}
	}

	private void signalEnd() {
		CompletableFuture<@Nullable Void> signal = this.endSignal;
		if (signal != null) {
			signal.complete(null);
		}
	}

	/**
	 * Returns a future that completes when the stream has ended, for any cause.
	 */
	synchronized CompletableFuture<@Nullable Void> ended() {
		CompletableFuture<@Nullable Void> signal = this.endSignal;
		if (signal == null) {
			signal = new CompletableFuture<>();
			this.endSignal = signal;
		}
		if (isEnded()) {
			signal.complete(null);
		}
		return signal;
	}

	@Override
	SentMessage sending(Object message, boolean call) {
		// An exception has no message type, and is sent without headers.
		return (message instanceof Throwable) ? SentMessage.UNWATCHED : this.connection.sending(this.id, message, call);
	}

	/**
	 * Ends the stream at this side if no message may follow the answer to its only call.
	 */
	@Override
	void answered(InboxItem item) {
		if (item instanceof InboxItem.Answered answer && !answer.followed()) {
			this.input.endInbox(new Termination.EndOfStream(this.id, ORDINARY_END));
		}
	}

	@Override
	void received(InboxItem item, @Nullable Object message) {
		if (item instanceof InboxItem.Delivered delivered && delivered.tag() != null) {
			this.connection.watch().record(TraceEvent.CLIENT_RECV, delivered.tag(), 0, message);
		}
	}

	/**
	 * Sends a message from the server's end.
	 * @param tag its place in a traced conversation, if it is traced
	 * @param parentHop the hop of the message whose handling sends it, 0 if that arrived
	 * on this stream
	 */
	Operation<@Nullable Void> beginPush(Object message, @Nullable Priority priority, @Nullable TraceTag tag,
			long parentHop) {
		checkOpen();
		return this.output.push(message, priority, tag, parentHop);
	}

	@Override
	Operation<@Nullable Void> beginSend(Object message, @Nullable Priority priority, MessageHeaders headers) {
		checkOpen();
		return this.output.send(message, priority, headers);
	}

	@Override
	Operation<InboxItem> beginRecv(MessageType<?> type) {
		return this.input.receive(type, this::refuse);
	}

	/**
	 * Refuses an item that was kept for a conversation that is over.
	 */
	private void refuse(InboxItem item) {
		if (item instanceof InboxItem.Delivered message) {
			refuseUnknown(message);
		}
		else {
			this.input.taken(item.size(), 0);
		}
	}

	/**
	 * Refuses a message for which there is neither a handler nor a conversation.
	 */
	void refuseUnknown(InboxItem.Delivered message) {
		String type = message.payload().typeName();
		ErrorInfo reason = new ErrorInfo(ErrorCode.UNIMPLEMENTED,
				"Service %s has no handler for message %s, and no conversation is open on stream %s"
					.formatted(this.connection.info().service(), type, this.id));
		this.input.taken(message.size(), 0);
		this.output.refuse(message.callId(), type, message.keepsAnswers(), message.tag(), reason);
	}

	@Override
	Operation<InboxItem> beginCall(Object request, MessageType<?> replyType, WaitDeadline deadline,
			@Nullable Priority priority, MessageHeaders headers) {
		checkOpen();
		return this.output.call(request, deadline, priority, headers);
	}

	@Override
	void checkRoom() {
		this.output.outbox().checkRoom(this);
	}

	@Override
	public boolean isWritable() {
		return !isEnded() && this.output.outbox().isWritable();
	}

	@Override
	Operation<@Nullable Void> beginWritable() {
		return this.output.outbox().beginWritable(this);
	}

	@Override
	void checkOpen() {
		Termination reason = this.termination.get();
		if (reason != null) {
			throw reason.forSender(this).toException();
		}
	}

	@Override
	Duration receiveTimeout() {
		return this.receiveTimeout;
	}

	@Override
	public void setReceiveTimeout(Duration timeout) {
		if (timeout.isNegative()) {
			throw new IllegalArgumentException("A receive timeout is not negative: " + timeout);
		}
		this.receiveTimeout = TimeLimit.orZero(timeout);
	}

	@Override
	public void close() {
		Termination closed = new Termination.Reset(new ErrorInfo(ErrorCode.CANCELLED, this + " is closed"));
		if (this.termination.compareAndSet(null, closed)) {
			this.input.end(closed);
			this.output.end(closed);
			this.owner.closed(this, closed);
			this.connection.sendIfPossible(new Envelope.End(this.id, ORDINARY_END));
			signalEnd();
		}
		this.input.clear();
	}

	@Override
	public String toString() {
		return "stream %s of %s".formatted(this.id, this.connection);
	}

	/**
	 * The owner of the streams of a connection.
	 */
	interface Owner {

		/**
		 * Called when this side has closed a stream, to remove it.
		 * @param termination the end of the calls on it
		 */
		void closed(MultiplexedStream stream, Termination termination);

	}

}
