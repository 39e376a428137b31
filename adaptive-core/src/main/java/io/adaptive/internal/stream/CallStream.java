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
 * A stream as one handler sees it. It knows the calls that this handler has taken and not
 * yet answered; a message that is sent answers the oldest.
 */
final class CallStream extends AbstractStream implements ContextStream {

	private final MultiplexedStream stream;

	private final HandledMessage message;

	private final Deque<Owed> unanswered = new ConcurrentLinkedDeque<>();

	/** What is bound to the thread of the handler. */
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
	 * Notes what will be bound to the thread of the handler.
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
	 * Nobody takes what the handler sends any more.
	 */
	void cancelHandler() {
		this.message.cancel();
	}

	/**
	 * The context in which the replies of a publisher are made, which a cancel reaches in
	 * any case.
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
	 * The handler may tell its caller something at any time; only a wait for credit ends
	 * when the caller has given up.
	 */
	@Override
	Duration sendTimeout(CallSettings settings) {
		return creditTimeout(settings);
	}

	/**
	 * Nobody observes what a handler sends on its stream apart from the handler itself.
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
	 * An answer takes no credit.
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
	 * Answers the oldest call that waits for that.
	 * @return {@code false} if none does
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
	 * Tells whether work handles a message of this stream, so that what it sends here
	 * belongs to the same step of the traced conversation.
	 */
	private boolean isFromHere(TraceTag work) {
		PropagatedContext known = this.context;
		return work.equals(this.message.traceTag()) || (known != null && work.equals(known.tag()));
	}

	/**
	 * Sends what the handler returned, without waiting.
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
	 * The handler owes an answer to a call that it has received.
	 */
	@Override
	void claimed(InboxItem item) {
		if (item instanceof InboxItem.Delivered delivered) {
			owe(delivered.callId(), delivered.tag());
		}
	}

	/**
	 * From now on the handler works on this message, which may be traced or not.
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

	/**
	 * Sends, then receives. The client has no handlers whose answers could be matched, so
	 * its next message is taken for the answer.
	 */
	@Override
	Operation<InboxItem> beginCall(Object request, MessageType<?> replyType, Duration timeout,
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
	 * A call that waits for its answer.
	 *
	 * @param tag what it carries, if it is traced
	 */
	private record Owed(long callId, @Nullable TraceTag tag) {
	}

}
