package io.adaptive.internal.stream;

import java.time.Duration;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;

import io.adaptive.message.MessageHeaders;
import io.adaptive.message.MessageType;
import io.adaptive.message.Priority;
import io.adaptive.message.TraceTag;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.StreamContext;
import io.adaptive.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * The view of a stream for one handler. It holds the calls that this handler has received
 * and not yet answered; a message that is sent answers the oldest.
 */
final class CallStream extends AbstractStream implements ContextStream {

	private final MultiplexedStream stream;

	private final HandledMessage message;

	private final Deque<Owed> unanswered = new ConcurrentLinkedDeque<>();

	/** The context bound to the thread of the handler. */
	private volatile @Nullable PropagatedContext context;

	CallStream(MultiplexedStream stream, HandledMessage message) {
		this.stream = stream;
		this.message = message;
		owe(message.callId(), message.traceTag());
	}

	private void owe(long callId, @Nullable TraceTag tag) {
		if (callId != 0) {
			this.unanswered.add(new Owed(callId, tag));
		}
	}

	/**
	 * Notes the context to be bound to the thread of the handler.
	 */
	PropagatedContext bindable(PropagatedContext context) {
		this.context = context;
		return context;
	}

	@Nullable PropagatedContext callContext() {
		return this.context;
	}

	@Override
	public ConnectionInfo info() {
		return connection().info();
	}

	@Override
	public StreamContext context() {
		return this.stream.context();
	}

	@Override
	public boolean isCancelled() {
		return this.message.isCancelled();
	}

	/**
	 * Cancels the handler's message, since its replies are no longer received.
	 */
	void cancelHandler() {
		this.message.cancel();
	}

	/**
	 * Returns the context for the replies of a publisher, which always includes the
	 * cancellation.
	 */
	PropagatedContext replyContext() {
		PropagatedContext current = PropagatedContext.current();
		return (current != null) ? current : new PropagatedContext(0, false, null, null, null, this.message);
	}

	@Override
	ConnectionState connection() {
		return this.stream.connection();
	}

	@Override
	Duration receiveTimeout() {
		return this.stream.receiveTimeout();
	}

	/**
	 * Does not apply the caller's deadline: the handler may send at any time, and only a
	 * wait for credit ends when the caller has given up.
	 */
	@Override
	Duration sendTimeout(CallSettings settings) {
		return creditTimeout(settings);
	}

	/**
	 * Messages sent by a handler are observed as part of its own message only.
	 */
	@Override
	SentMessage sending(Object message, boolean call) {
		return SentMessage.UNWATCHED;
	}

	@Override
	Operation<@Nullable Void> beginSend(Object message, @Nullable Priority priority, MessageHeaders headers) {
		if (answer(message)) {
			return Operation.SENT;
		}
		PropagatedContext current = PropagatedContext.current();
		TraceTag work = (current != null) ? current.tag() : null;
		if (work == null || isFromHere(work)) {
			return this.stream.beginPush(message, priority, work, 0);
		}
		TraceTag push = connection().watch().pushing(message, work);
		return this.stream.beginPush(message, priority, push, work.hop());
	}

	/**
	 * Answers need no credit, so the limits apply only without an open call.
	 */
	@Override
	void checkRoom() {
		if (this.unanswered.isEmpty()) {
			this.stream.checkRoom();
		}
	}

	@Override
	void checkOpen() {
		this.stream.checkOpen();
	}

	@Override
	public boolean isWritable() {
		return this.stream.isWritable();
	}

	@Override
	Operation<@Nullable Void> beginWritable() {
		return this.stream.beginWritable();
	}

	/**
	 * Answers the oldest unanswered call.
	 * @return {@code false} if there is none
	 */
	private boolean answer(Object message) {
		Owed owed = this.unanswered.poll();
		if (owed == null) {
			return false;
		}
		try {
			this.message.answer(owed.callId, message, owed.tag, true);
			return true;
		}
		catch (RuntimeException | Error ex) {
			this.unanswered.addFirst(owed);
			throw ex;
		}
	}

	/**
	 * Returns whether a tag belongs to a message of this stream, so that messages sent
	 * here are part of the same step of the traced conversation.
	 */
	private boolean isFromHere(TraceTag work) {
		PropagatedContext known = this.context;
		return work.equals(this.message.traceTag()) || (known != null && work.equals(known.tag()));
	}

	/**
	 * Sends the result of the handler, without waiting.
	 */
	void sendResult(Object result) {
		if (!answer(result)) {
			this.message.answerOneWay(result);
		}
	}

	@Override
	Operation<InboxItem> beginRecv(MessageType<?> type) {
		return this.stream.beginRecv(type);
	}

	/**
	 * Notes a received call, which the handler has to answer.
	 */
	@Override
	void claimed(InboxItem item) {
		if (item instanceof InboxItem.Delivered delivered) {
			owe(delivered.callId(), delivered.tag());
		}
	}

	/**
	 * Makes the received message, traced or not, the current one of the handler.
	 */
	@Override
	void received(InboxItem item, @Nullable Object message) {
		TraceTag tag = (item instanceof InboxItem.Delivered delivered) ? delivered.tag() : null;
		if (tag != null) {
			connection().watch().record(TraceEvent.HANDLER, tag, 0, message);
		}
		PropagatedContext known = this.context;
		TraceTag next = (tag != null) ? tag : this.message.traceTag();
		if (known != null && !Objects.equals(next, known.tag()) && known.equals(PropagatedContext.current())) {
			PropagatedContext.replace(bindable(known.withTag(next)));
		}
	}

	@Override
	boolean takesMessageAsAnswer() {
		return true;
	}

	/**
	 * Sends, then receives. The client has no handlers whose answers could be matched, so
	 * its next message is taken as the answer.
	 */
	@Override
	Operation<InboxItem> beginCall(Object request, MessageType<?> replyType, WaitDeadline deadline,
			@Nullable Priority priority, MessageHeaders headers) {
		Operation<@Nullable Void> sent = beginSend(request, priority, headers);
		if (sent.isDone()) {
			return beginRecv(replyType);
		}
		return new SendThenReceive(sent, () -> beginRecv(replyType)).begin();
	}

	@Override
	public void setReceiveTimeout(Duration timeout) {
		this.stream.setReceiveTimeout(timeout);
	}

	@Override
	public void close() {
		this.stream.close();
	}

	@Override
	public String toString() {
		return this.stream.toString();
	}

	/**
	 * An unanswered call.
	 *
	 * @param tag its trace tag, if it is traced
	 */
	private record Owed(long callId, @Nullable TraceTag tag) {
	}

}
