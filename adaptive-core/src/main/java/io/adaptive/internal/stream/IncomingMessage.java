package io.adaptive.internal.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;

import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageHeaders;
import io.adaptive.message.Priority;
import io.adaptive.message.Scope;
import io.adaptive.message.TraceTag;
import io.adaptive.spi.Payload;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.StreamContext;
import io.adaptive.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * A message for a handler, from its arrival to its answer.
 */
public final class IncomingMessage extends HandledMessage {

	private static final AtomicIntegerFieldUpdater<IncomingMessage> TAKEN = AtomicIntegerFieldUpdater
		.newUpdater(IncomingMessage.class, "taken");

	/** Bit of {@link #taken}: the message does not wait for a worker any more. */
	private static final int BEGUN = 1;

	/** Bits of {@link #taken}: its bytes are granted again, too. */
	private static final int ALL = 3;

	private final MultiplexedStream stream;

	private final long callId;

	/** In nanoseconds of {@link System#nanoTime()}; only meaningful if limited. */
	private final long deadline;

	private final boolean limited;

	private final @Nullable Priority priority;

	private final MessageHeaders headers;

	private final Payload payload;

	/** Whether the sender keeps one-way answers. */
	private final boolean keepsAnswers;

	// A field with an updater: there is one of these objects for each message.
	@SuppressWarnings("UnusedVariable") // TAKEN reads it
	private volatile int taken;

	private @Nullable CallStream callStream;

	IncomingMessage(MultiplexedStream stream, long callId, long timeoutNanos, @Nullable Priority priority,
			MessageHeaders headers, Payload payload, boolean keepsAnswers) {
		this.keepsAnswers = keepsAnswers;
		this.stream = stream;
		this.callId = callId;
		this.limited = timeoutNanos > 0;
		this.deadline = this.limited ? System.nanoTime() + timeoutNanos : 0;
		this.priority = priority;
		this.headers = headers;
		this.payload = payload;
	}

	/**
	 * Returns the message.
	 * @return the message, still encoded
	 */
	public Payload payload() {
		return this.payload;
	}

	/**
	 * Returns the priority requested by the sender.
	 * @return the priority, {@code null} if the sender set none
	 */
	public @Nullable Priority priority() {
		return this.priority;
	}

	/**
	 * Returns the context for the handler's own calls.
	 * @param handling the handling started by the observer, {@code null} if the message
	 * is not observed
	 * @return the context, {@code null} if there is nothing to inherit
	 */
	public @Nullable PropagatedContext context(MessageObserver.@Nullable Handling handling) {
		TraceTag tag = this.headers.traceTag();
		if (this.callStream != null) {
			// Messages received later in the conversation may be traced.
			return this.callStream
				.bindable(new PropagatedContext(this.deadline, this.limited, tag, handling, null, this));
		}
		return (isCall() || this.limited || tag != null || handling != null)
				? new PropagatedContext(this.deadline, this.limited, tag, handling, null, this) : null;
	}

	/**
	 * Notifies the observer that the message is about to be handled.
	 * @return the handling started by the observer, {@code null} if the message is not
	 * observed
	 */
	public MessageObserver.@Nullable Handling observe() {
		return this.stream.connection()
			.watch()
			.handling(this.stream.id(), this.payload.typeName(), isCall(), this.headers);
	}

	/**
	 * Notes that the message was decoded and its handler is about to run.
	 * @param message the message
	 */
	public void decoded(Object message) {
		TraceTag tag = this.headers.traceTag();
		if (tag != null) {
			this.stream.connection().watch().record(TraceEvent.HANDLER, tag, 0, message);
		}
	}

	/**
	 * Opens a conversation: from then on, messages without a handler go to the stream's
	 * inbox. On the default stream it lasts until the handler is done.
	 */
	public void openConversation() {
		this.stream.input().openConversation();
		this.callStream = new CallStream(this.stream, this);
	}

	/**
	 * Notes that the handler is done, including its answer, or will never run.
	 */
	public void handlerDone() {
		if (this.callStream != null) {
			this.stream.handlerDone();
		}
	}

	/**
	 * Returns the conversation.
	 * @return the handler's view of the stream
	 * @throws IllegalStateException if none was opened
	 */
	public ContextStream conversation() {
		CallStream opened = this.callStream;
		if (opened == null) {
			throw new IllegalStateException("No conversation was opened with " + this);
		}
		return opened;
	}

	/**
	 * Returns the stream for many replies. The message counts as taken.
	 * @return the stream; the first message sent there answers the call, if this is one
	 */
	public ReplyStream replies() {
		taken();
		CallStream existing = this.callStream;
		return new ReplyStream((existing != null) ? existing : new CallStream(this.stream, this));
	}

	/**
	 * Returns the context of the stream.
	 * @return the context
	 */
	public StreamContext streamContext() {
		return this.stream.context();
	}

	/**
	 * Returns the scope of the message.
	 * @return the scope of its connection
	 */
	public Scope scope() {
		return this.stream.connection().info().scope();
	}

	/**
	 * Returns the queue in which the message waits for a worker, with others of its
	 * connection.
	 * @param priority the priority
	 * @return the queue of that priority
	 */
	public ConnectionQueue queue(Priority priority) {
		return this.stream.connection().queues().of(priority);
	}

	/**
	 * Runs work when all earlier work of the stream is done.
	 * @param work starts the work; it receives a callback to run once when it is done
	 */
	public void inOrder(Consumer<Runnable> work) {
		this.stream.serialQueue().execute(work);
	}

	/**
	 * Takes the message out of the mailbox, which grants its sender new credit. The bytes
	 * of a one-way message for a handler that does not receive the stream count until the
	 * handler is done.
	 * @return whether it is still to be handled; {@code false} if its caller no longer
	 * waits or the service has closed the connection
	 */
	public boolean start() {
		if (isCall() || this.callStream != null) {
			taken();
		}
		else {
			begun();
		}
		boolean late = (this.limited && this.deadline - System.nanoTime() <= 0)
				|| this.stream.connection().availability().isClosedByService();
		if (begin(late)) {
			return true;
		}
		this.stream.connection().incomingCalls().forget(this.callId);
		taken();
		return false;
	}

	/**
	 * Grants the sender new credit, once.
	 */
	private void taken() {
		int before = TAKEN.getAndSet(this, ALL);
		if (before != ALL) {
			this.stream.input().taken(this.payload.size(), (before == 0) ? 1 : 0);
		}
	}

	/**
	 * Notes that the message does not wait for a worker, or no longer.
	 */
	public void begun() {
		if (TAKEN.compareAndSet(this, 0, BEGUN)) {
			this.stream.input().begun();
		}
	}

	/** Drops the message, since its node is closed. */
	public void drop() {
		taken();
	}

	@Override
	public boolean isCancelled() {
		return isGivenUp() || this.stream.isEnded();
	}

	/**
	 * Returns a future that completes when the stream has ended and takes no more
	 * replies.
	 * @return the signal
	 */
	public CompletableFuture<@Nullable Void> streamEnded() {
		return this.stream.ended();
	}

	/**
	 * Returns whether an event loop may {@linkplain #answer answer} with a result.
	 * @param result the reply or an exception
	 * @return whether no code has to be generated for it
	 */
	public boolean isReady(@Nullable Object result) {
		return result == null || result instanceof Throwable || this.stream.connection().isReady(result);
	}

	/**
	 * Sends the result of a handler; only the first answer counts.
	 * @param result the reply or an exception; {@code null} acknowledges a call, unless a
	 * conversation is open, in which the handler answers at a time of its own
	 */
	public void answer(@Nullable Object result) {
		if (this.callStream != null) {
			if (result != null) {
				this.callStream.sendResult(result);
			}
		}
		else if (isCall()) {
			answer(this.callId, result, this.headers.traceTag(), false);
		}
		else {
			taken();
			if (result != null) {
				answerOneWay(result);
			}
		}
	}

	@Override
	void answerOneWay(Object result) {
		this.stream.checkOpen();
		this.stream.output().answerOneWay(this.payload.typeName(), this.keepsAnswers, result, this.headers.traceTag());
	}

	/**
	 * Refuses the message before any handler runs.
	 * @param error the reason
	 */
	public void refuse(ErrorInfo error) {
		taken();
		this.stream.output()
			.refuse(this.callId, this.payload.typeName(), this.keepsAnswers, this.headers.traceTag(), error);
	}

	/**
	 * Closes the connection of the message, after everything sent before has left.
	 * @param cause the cause sent to the peer
	 */
	public void closeConnection(ErrorInfo cause) {
		this.stream.connection().availability().close(cause);
	}

	@Override
	void answer(long callId, @Nullable Object result, @Nullable TraceTag tag, boolean followed) {
		if (this.stream.output().answer(callId, result, tag, followed) && callId == this.callId) {
			noteAnswered();
		}
	}

	@Override
	@Nullable PropagatedContext conversationContext() {
		CallStream opened = this.callStream;
		return (opened != null) ? opened.callContext() : null;
	}

	@Override
	@Nullable TraceTag traceTag() {
		return this.headers.traceTag();
	}

	@Override
	int streamId() {
		return this.stream.id();
	}

	@Override
	long callId() {
		return this.callId;
	}

	@Override
	public String toString() {
		return "%s of %s".formatted(this.payload.typeName(), this.stream);
	}

}
