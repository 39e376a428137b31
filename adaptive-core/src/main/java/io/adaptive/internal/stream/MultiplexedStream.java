package io.adaptive.internal.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.adaptive.internal.message.TimeLimit;
import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.internal.wire.Protocol;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageHeaders;
import io.adaptive.message.MessageType;
import io.adaptive.message.Priority;
import io.adaptive.message.TraceTag;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.adaptive.stream.StreamContext;
import io.adaptive.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a connection.
 */
final class MultiplexedStream extends AbstractStream {

	private static final ErrorInfo ORDINARY_END = new ErrorInfo(ErrorCode.OK, "closed");

	private final MultiplexedConnection connection;

	private final int id;

	private final Inbox inbox;

	private final Outbox outbox;

	private final CreditCounter sendCredit;

	private final ReceivedCredit receivedCredit;

	private final ReceiveWindow window;

	private final AtomicReference<@Nullable Termination> termination = new AtomicReference<>();

	private final StreamContext context;

	private final SerialQueue serialQueue = new SerialQueue();

	/** Made when somebody asks for it; most streams end without. */
	private volatile @Nullable CompletableFuture<@Nullable Void> endSignal;

	private volatile Duration receiveTimeout = Duration.ZERO;

	private volatile Envelope.Message.Role role = Envelope.Message.Role.ORDINARY;

	private final ConnectionCredit credit;

	/** Made with the first answer to a one-way message. */
	private volatile @Nullable OneWayAnswers answers;

	/** Made with the first answer that arrives. */
	private volatile @Nullable ReceivedCredit answerRoom;

	MultiplexedStream(MultiplexedConnection connection, int id, boolean conversation, ConnectionCredit credit) {
		this.connection = connection;
		this.id = id;
		this.inbox = new Inbox(conversation);
		this.credit = credit;
		this.sendCredit = credit.newStreamCounter();
		this.receivedCredit = credit.newStreamReceiver();
		this.outbox = credit.newOutbox(id, this.sendCredit);
		this.window = credit.received();
		this.context = new StreamAttributes(connection.info(), id, connection::closeForService);
	}

	boolean isEnded() {
		return this.termination.get() != null;
	}

	int id() {
		return this.id;
	}

	@Override
	MultiplexedConnection connection() {
		return this.connection;
	}

	StreamContext context() {
		return this.context;
	}

	SerialQueue serialQueue() {
		return this.serialQueue;
	}

	Outbox outbox() {
		return this.outbox;
	}

	void openConversation() {
		this.inbox.open();
	}

	/**
	 * A handler that took this stream is done. On the default stream the conversation
	 * ends with the last of them, since nothing else ends it as long as there is a
	 * connection; others stay open until the stream ends.
	 */
	void handlerDone() {
		if (this.id == Protocol.DEFAULT_STREAM) {
			this.connection.refuse(this, this.inbox.close(new Termination.ConversationOver(this)));
		}
	}

	/**
	 * Counts a message that arrived.
	 * @return whether the peer had credit for it
	 */
	boolean arrived(int size) {
		return this.receivedCredit.arrived(Limits.cost(size));
	}

	/**
	 * A message that arrived is no longer waiting.
	 */
	void taken(int size) {
		taken(size, 0);
	}

	/**
	 * A message that arrived is no longer waiting.
	 * @param workers how many messages wait no longer for a worker: itself or none
	 */
	void taken(int size, int workers) {
		int cost = Limits.cost(size);
		int grant = this.receivedCredit.taken(cost);
		if (grant > 0 && this.termination.get() == null) {
			this.connection.grant(this.id, grant);
		}
		this.window.taken(cost, workers);
	}

	/**
	 * A message waits no longer for a worker, but is not taken yet.
	 */
	void begun() {
		this.window.taken(0, 1);
	}

	/**
	 * The peer has a message for this stream that waits for credit.
	 */
	void requested(Request request) {
		this.window.requested(request, this.inbox.isAwaited() && request.isNext(this.receivedCredit.messages()));
		// It may be waited for, or what was before it may have come, since it was looked
		// at.
		passOnWait();
	}

	/**
	 * Lets the peer send what a handler waits for, if nothing else is on its way.
	 */
	void passOnWait() {
		if (this.window.isRequesting() && this.inbox.isAwaited()) {
			this.window.awaited(this.id, this.receivedCredit.messages());
		}
	}

	/**
	 * The peer allows the connection more, for the first message that waits here.
	 * @return whether it may allow that much
	 */
	boolean grantedWaiting(int bytes, int messages) {
		return this.outbox.granted(bytes, messages);
	}

	/**
	 * The peer allows more.
	 * @return whether it may allow that much
	 */
	boolean granted(int bytes) {
		boolean allowed = this.sendCredit.grant(bytes);
		this.outbox.pump();
		return allowed;
	}

	/**
	 * Takes a message for which there is no handler.
	 * @return whether a conversation is open
	 */
	boolean deliver(InboxItem item) {
		Inbox.Added added = this.inbox.add(item);
		if (added == Inbox.Added.ENDED) {
			taken(item);
		}
		return added != Inbox.Added.NO_CONVERSATION;
	}

	/**
	 * Lets the peer send no one-way answers on this stream: they are dropped where they
	 * are made.
	 */
	void keepNoAnswers() {
		this.role = Envelope.Message.Role.WITHOUT_ANSWERS;
	}

	/**
	 * Returns what the peer is told with each message about one-way answers.
	 */
	Envelope.Message.Role role() {
		return this.role;
	}

	/**
	 * Sends what a handler of a one-way message returned or failed with, without waiting.
	 * @return whether it was sent
	 */
	boolean sendAnswer(Object result, @Nullable TraceTag tag) {
		OneWayAnswers current = this.answers;
		return ((current != null) ? current : makeAnswers()).send(result, tag);
	}

	private synchronized OneWayAnswers makeAnswers() {
		OneWayAnswers made = (this.answers != null) ? this.answers
				: new OneWayAnswers(this, this.credit.newAnswerCounter());
		this.answers = made;
		return made;
	}

	/**
	 * The peer has received answers to one-way messages.
	 * @return whether it had that many
	 */
	boolean answersTaken(int bytes) {
		OneWayAnswers current = this.answers;
		return current != null && current.taken(bytes);
	}

	/**
	 * Keeps an answer to a one-way message for {@code recv}. Called by one thread at a
	 * time, or within a process by many.
	 * @return {@code false} if the peer sends more than is kept
	 */
	boolean deliverAnswer(InboxItem item) {
		if (this.role == Envelope.Message.Role.WITHOUT_ANSWERS) {
			return true;
		}
		if (!answerRoom().arrived(Limits.cost(item.size()))) {
			return false;
		}
		if (this.inbox.add(item) != Inbox.Added.KEPT) {
			taken(item);
		}
		return true;
	}

	private ReceivedCredit answerRoom() {
		ReceivedCredit current = this.answerRoom;
		return (current != null) ? current : makeAnswerRoom();
	}

	private synchronized ReceivedCredit makeAnswerRoom() {
		ReceivedCredit made = (this.answerRoom != null) ? this.answerRoom : this.credit.newAnswerReceiver();
		this.answerRoom = made;
		return made;
	}

	/**
	 * What arrived is no longer waiting.
	 */
	private void taken(InboxItem item) {
		if (!item.isOneWayAnswer()) {
			taken(item.size());
			return;
		}
		int grant = answerRoom().taken(Limits.cost(item.size()));
		if (grant > 0 && this.termination.get() == null) {
			this.connection
				.sendIfPossible(new Envelope.Credit(this.id, grant, 0, Envelope.Credit.Purpose.ANSWERS_TAKEN));
		}
	}

	/**
	 * Ends the stream from outside; wakes who waits.
	 */
	void end(Termination reason) {
		if (this.termination.compareAndSet(null, reason)) {
			endInbox(reason);
			this.outbox.end(sendersView(reason));
			signalEnd();
		}
	}

	/**
	 * What lies in the inbox of an ended stream takes no room of the node any more: it
	 * may never be received, and is forgotten with the stream.
	 */
	private void endInbox(Termination reason) {
		this.inbox.end(reason).forEach(this::taken);
		this.window.streamEnded(this.id);
	}

	private void signalEnd() {
		CompletableFuture<@Nullable Void> signal = this.endSignal;
		if (signal != null) {
			signal.complete(null);
		}
	}

	/**
	 * Completes when the stream has ended, for whatever reason.
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

	/**
	 * What an end means for somebody who wants to send, and so has not sent yet.
	 */
	private Termination sendersView(Termination reason) {
		if (reason instanceof Termination.Lost lost) {
			return new Termination.Lost(lost.link(), lost.cause(), Delivery.NOT_SENT);
		}
		return (reason instanceof Termination.EndOfStream)
				? new Termination.Reset(new ErrorInfo(ErrorCode.CANCELLED, "the peer closed " + this)) : reason;
	}

	/**
	 * Answers a call of the peer, who has reserved the room; only the first answer
	 * counts.
	 * @param tag what the call carries, if it is traced
	 * @param followed whether the handler may send more on the stream
	 * @return {@code false} if nobody waits for it any more
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
			return new Envelope.Failure(this.id, callId, this.connection.describe(error));
		}
		return new Envelope.Reply(this.id, callId, (result != null) ? this.connection.payload(result) : null, followed);
	}

	@Override
	SentMessage sending(Object message, boolean call) {
		// An exception is no message of a type, and nothing travels beside it.
		return (message instanceof Throwable) ? SentMessage.UNWATCHED : this.connection.sending(this.id, message, call);
	}

	/**
	 * Ends the stream at this side if nothing belongs to its only call after the answer.
	 */
	@Override
	void answered(InboxItem item) {
		if (item instanceof InboxItem.Answered answer && !answer.followed()) {
			endInbox(new Termination.EndOfStream(this.id, ORDINARY_END));
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
	 * @param parentHop the message whose handling sends it, 0 if that came on this stream
	 */
	Operation<@Nullable Void> beginPush(Object message, @Nullable Priority priority, @Nullable TraceTag tag,
			long parentHop) {
		checkOpen();
		Envelope envelope = envelope(message, priority, MessageHeaders.of(null, tag));
		Link.PreparedEnvelope prepared = this.connection.prepare(envelope);
		// Only now it is known that there is something to send.
		if (tag != null) {
			this.connection.watch().record(TraceEvent.SERVER_SEND, tag, parentHop, message);
		}
		return send(envelope, prepared);
	}

	@Override
	Operation<@Nullable Void> beginSend(Object message, @Nullable Priority priority, MessageHeaders headers) {
		checkOpen();
		return send(envelope(message, priority, headers));
	}

	private Envelope envelope(Object message, @Nullable Priority priority, MessageHeaders headers) {
		return (message instanceof Throwable error) ? new Envelope.Failure(this.id, 0, this.connection.describe(error))
				: new Envelope.Message(this.id, 0, 0, priority, headers, this.connection.payload(message), this.role);
	}

	private Operation<@Nullable Void> send(Envelope envelope) {
		return send(envelope, this.connection.prepare(envelope));
	}

	private Operation<@Nullable Void> send(Envelope envelope, Link.PreparedEnvelope prepared) {
		Outbox.Waiting waiting = this.outbox.send(prepared,
				Limits.cost((envelope instanceof Envelope.Message) ? prepared.size() : 0));
		return (waiting == null) ? Operation.SENT : waiting;
	}

	@Override
	Operation<InboxItem> beginRecv(MessageType<?> type) {
		// The credit that this grants lets the peer send on other streams: within a
		// process it does so at once, on this thread.
		Inbox.Waiter waiter = this.inbox.take((item) -> item.check(type), this::taken,
				(item) -> this.connection.refuse(this, List.of(item)));
		if (!waiter.isDone()) {
			passOnWait();
		}
		return waiter;
	}

	@Override
	Operation<InboxItem> beginCall(Object request, MessageType<?> replyType, Duration timeout,
			@Nullable Priority priority, MessageHeaders headers) {
		checkOpen();
		return this.connection.beginCall(this, request, timeout, priority, headers);
	}

	@Override
	void checkRoom() {
		this.outbox.checkRoom(this);
	}

	@Override
	public boolean isWritable() {
		return !isEnded() && this.outbox.isWritable();
	}

	@Override
	Operation<@Nullable Void> beginWritable() {
		return this.outbox.beginWritable(this);
	}

	@Override
	void checkOpen() {
		Termination reason = this.termination.get();
		if (reason != null) {
			throw sendersView(reason).toException();
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
			endInbox(closed);
			this.outbox.end(closed);
			this.connection.closed(this, new Envelope.End(this.id, ORDINARY_END), closed);
			signalEnd();
		}
		this.inbox.clear();
	}

	@Override
	public String toString() {
		return "stream %s of %s".formatted(this.id, this.connection);
	}

}
