package io.adaptive.internal.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.adaptive.message.TraceTag;
import io.adaptive.stream.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * The state of a message for its handler's context and conversation: whether its caller
 * still waits, the calls made for it, and the way to answer it. Of {@link #begin} and a
 * cancel by the caller, the first wins. Thread-safe.
 */
public abstract class HandledMessage {

	private static final AtomicIntegerFieldUpdater<HandledMessage> STATE = AtomicIntegerFieldUpdater
		.newUpdater(HandledMessage.class, "state");

	private static final int QUEUED = 0;

	private static final int STARTED = 1;

	private static final int CANCELLED = 2;

	/** Cancelled while a handler works on it. */
	private static final int ABANDONED = 3;

	// A field with an updater: there is one of these objects for each message.
	private volatile int state = QUEUED;

	private volatile boolean answered;

	/** Created on request; most handlers are done before. */
	private volatile @Nullable CompletableFuture<@Nullable Void> cancelSignal;

	/** Created with the first nested call of the handler. */
	private volatile @Nullable NestedCalls nested;

	HandledMessage() {
	}

	/**
	 * Returns the id of the call, 0 for a one-way message.
	 */
	abstract long callId();

	abstract int streamId();

	/**
	 * Returns its place in a traced conversation, {@code null} if it is not traced.
	 */
	abstract @Nullable TraceTag traceTag();

	/**
	 * Returns the current context of the conversation.
	 * @return the context, {@code null} if no conversation was opened
	 */
	abstract @Nullable PropagatedContext conversationContext();

	/**
	 * Answers this call, or another one of its conversation; only the first answer
	 * counts.
	 * @param tag the trace tag of the call, if it is traced
	 * @param followed whether the handler may send more on the stream
	 */
	abstract void answer(long callId, @Nullable Object result, @Nullable TraceTag tag, boolean followed);

	/**
	 * Sends a result or error of a handler that answers no call, without waiting.
	 */
	abstract void answerOneWay(Object result);

	/**
	 * Returns whether the caller has given up or the stream has ended.
	 * @return whether no reply can reach the sender any more
	 */
	public abstract boolean isCancelled();

	/**
	 * Returns whether the sender waits for an answer.
	 * @return whether this is a call
	 */
	public final boolean isCall() {
		return callId() != 0;
	}

	/**
	 * Starts the handling, unless the caller has given up.
	 * @param late whether the message is too late, and counts as given up
	 * @return whether it is to be handled
	 */
	final boolean begin(boolean late) {
		return STATE.compareAndSet(this, QUEUED, late ? CANCELLED : STARTED) && !late;
	}

	/**
	 * Notes that the caller gave up.
	 */
	final void cancel() {
		STATE.compareAndSet(this, QUEUED, CANCELLED);
		STATE.compareAndSet(this, STARTED, ABANDONED);
		cancelNested();
		CompletableFuture<@Nullable Void> signal = this.cancelSignal;
		if (signal != null) {
			signal.complete(null);
		}
	}

	/**
	 * Returns whether the caller has given up. The end of the stream alone does not
	 * count: the sender of a one-way message may close it at once.
	 * @return whether the answer is no longer awaited
	 */
	public final boolean isGivenUp() {
		return this.state >= CANCELLED;
	}

	/**
	 * Returns a future that completes when the caller gives up, so that work in progress
	 * can be given up, too. It never completes for a one-way message: its sender may
	 * close the stream at once, and the work goes on.
	 * @return the signal
	 */
	public final synchronized CompletableFuture<@Nullable Void> cancelled() {
		CompletableFuture<@Nullable Void> signal = this.cancelSignal;
		if (signal == null) {
			signal = new CompletableFuture<>();
			this.cancelSignal = signal;
		}
		if (isGivenUp()) {
			signal.complete(null);
		}
		return signal;
	}

	/**
	 * Adds a call made by the handler, to be cancelled with this message.
	 * @param cancel cancels it, at once if the caller has given up
	 * @return removes the call when it is over
	 */
	final CallContext.Binding onCancel(Runnable cancel) {
		NestedCalls current = this.nested;
		CallContext.Binding entry = ((current != null) ? current : makeNested()).add(cancel);
		// Checked last: a cancel before this line may not have found the call.
		if (isGivenUp()) {
			cancelNested();
		}
		return entry;
	}

	private synchronized NestedCalls makeNested() {
		NestedCalls made = (this.nested != null) ? this.nested : new NestedCalls();
		this.nested = made;
		return made;
	}

	final int nestedCalls() {
		NestedCalls current = this.nested;
		return (current != null) ? current.count() : 0;
	}

	private void cancelNested() {
		NestedCalls current = this.nested;
		if (current != null) {
			current.cancel();
		}
	}

	/**
	 * Notes that the call is answered.
	 */
	final void noteAnswered() {
		this.answered = true;
	}

	/**
	 * Returns whether the call is answered, so that its deadline does not apply any more.
	 * A call that was given up before is not answered.
	 */
	final boolean isAnswered() {
		return this.answered;
	}

}
