package io.adaptive.internal.stream;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.adaptive.internal.message.TimeLimit;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.TraceTag;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.MessageObserver;
import org.jspecify.annotations.Nullable;

/**
 * The {@link CallContext} of a handler: deadline and cancellation of its caller, the tag
 * of its trace and its observation.
 *
 * @param deadline the caller's deadline, in {@link System#nanoTime()}; only meaningful if
 * limited
 * @param limited whether there is a deadline
 * @param tag the tag of the message being handled, if it is traced
 * @param handling the handling of the message, started by its observer
 * @param retried the tag of the first attempt of a call that is being retried, if it is
 * traced
 * @param message the message being handled, whose answer ends the deadline and whose
 * cancellation cancels the calls made for it
 */
public record PropagatedContext(long deadline, boolean limited, @Nullable TraceTag tag,
		MessageObserver.@Nullable Handling handling, @Nullable TraceTag retried,
		@Nullable HandledMessage message) implements CallContext {

	/**
	 * An array instead of a class of this framework: thread locals stay with application
	 * threads and must not keep a class loader alive.
	 */
	private static final ThreadLocal<@Nullable Object[]> CURRENT = ThreadLocal.withInitial(() -> new Object[1]);

	private static final Binding UNCHANGED = () -> {
	};

	/**
	 * Creates the context of a call with a deadline.
	 * @param deadline the caller's deadline, in {@link System#nanoTime()}
	 */
	public PropagatedContext(long deadline) {
		this(deadline, true, null, null, null, null);
	}

	/**
	 * Returns the context of this thread.
	 * @return the context, {@code null} outside of handlers and for callers without one
	 */
	@SuppressWarnings("NullAway") // the type argument of CURRENT says that the cell may
									// be empty
	public static @Nullable PropagatedContext current() {
		return (PropagatedContext) CURRENT.get()[0];
	}

	/**
	 * Binds a context to this thread.
	 * @param context the context, or {@code null} for none
	 * @return restores the previous binding
	 */
	public static Binding bind(@Nullable CallContext context) {
		@Nullable Object[] cell = CURRENT.get();
		Object before = cell[0];
		if (before == context) {
			return UNCHANGED;
		}
		cell[0] = context;
		return () -> set(before);
	}

	/**
	 * Replaces the context bound to this thread, until the previous binding is restored.
	 */
	static void replace(PropagatedContext context) {
		set((Object) context);
	}

	@SuppressWarnings("NullAway") // as above
	private static void set(@Nullable Object context) {
		CURRENT.get()[0] = context;
	}

	/**
	 * Passes the context of this thread to another one. Calls of the work end as the
	 * handler's own calls do: at the deadline, and when the caller gives up, as long as
	 * the call is not answered.
	 * @param work the work
	 * @return runs the work in this thread's context
	 * @see #detach(Runnable)
	 */
	public static Runnable wrap(Runnable work) {
		PropagatedContext context = current();
		PropagatedContext handedOver = (context != null) ? context.handedOver() : null;
		return (handedOver != null) ? () -> handedOver.run(work) : work;
	}

	/**
	 * Runs work whose calls continue when the caller of this handler gives up, for
	 * example those of an audit or a refund: they inherit neither its deadline nor its
	 * cancellation. The trace and the observation stay. Applies to calls begun on this
	 * thread until the work returns, and to the dependent stages of their futures.
	 * @param work the work, which runs on this thread
	 */
	public static void detach(Runnable work) {
		PropagatedContext context = current();
		Binding bound = bind((context != null) ? context.withoutDeadline() : null);
		try {
			work.run();
		}
		finally {
			bound.close();
		}
	}

	/**
	 * Runs work with a result as {@link #detach(Runnable)} does.
	 * @param <T> the type of the result
	 * @param work the work, which runs on this thread
	 * @return the result of the work
	 */
	public static <T extends @Nullable Object> T detach(Supplier<T> work) {
		PropagatedContext context = current();
		Binding bound = bind((context != null) ? context.withoutDeadline() : null);
		try {
			return work.get();
		}
		finally {
			bound.close();
		}
	}

	/**
	 * Returns the context for another thread: all but the tag of a call that is retried.
	 * @return the context there
	 */
	@Override
	public PropagatedContext handedOver() {
		return (this.retried != null) ? withTag(this.tag) : this;
	}

	/**
	 * Returns the context for work that outlives the call.
	 * @return the context without deadline and cancellation, {@code null} if nothing is
	 * left
	 */
	public @Nullable PropagatedContext withoutDeadline() {
		if (this.tag == null && this.handling == null) {
			return null;
		}
		return (this.limited || this.retried != null || this.message != null)
				? new PropagatedContext(0, false, this.tag, this.handling, null, null) : this;
	}

	/**
	 * Returns whether there is a deadline and the call is not yet answered.
	 */
	public boolean hasDeadline() {
		return this.limited && (this.message == null || !this.message.isAnswered());
	}

	/**
	 * Adds a callback for the cancellation of the message that this thread handles: its
	 * caller has given up, or its connection has ended.
	 * @param cancelled called once, at once if that has happened, on any thread; must not
	 * block
	 * @return to be closed when the callback is not needed any more
	 */
	public static Binding onCancel(Runnable cancelled) {
		PropagatedContext context = current();
		return (context != null) ? context.whenCancelled(cancelled) : UNCHANGED;
	}

	/**
	 * Adds a callback for the cancellation of the message of this context, as
	 * {@link #onCancel} does.
	 * @param cancelled called once, on any thread; must not block
	 * @return to be closed when the callback is not needed any more
	 */
	public Binding whenCancelled(Runnable cancelled) {
		return (this.message != null) ? this.message.onCancel(cancelled) : UNCHANGED;
	}

	/**
	 * Returns whether operations of this thread can be cancelled.
	 * @return whether it handles a message
	 */
	public static boolean isCancellable() {
		PropagatedContext context = current();
		return context != null && context.message != null;
	}

	/**
	 * Returns whether calls of this thread are refused.
	 * @return whether the message that it handles is cancelled
	 */
	public static boolean isCancelled() {
		PropagatedContext context = current();
		return context != null && context.message != null && context.message.isGivenUp();
	}

	/**
	 * Returns the number of open calls made for the message.
	 */
	int nestedCalls() {
		return (this.message != null) ? this.message.nestedCalls() : 0;
	}

	/**
	 * Checks that the caller has not given up.
	 * @throws AdaptiveException with {@link ErrorCode#CANCELLED} if the message that this
	 * thread handles is cancelled
	 */
	public static void checkCancelled() {
		PropagatedContext context = current();
		if (context != null) {
			context.checkNotCancelled();
		}
	}

	private void checkNotCancelled() {
		if (this.message != null && this.message.isGivenUp()) {
			throw cancelled(Delivery.NOT_SENT);
		}
	}

	/**
	 * Creates the error of a call made for a caller that has given up.
	 * @param delivery the delivery of the call
	 * @return the error
	 */
	public static AdaptiveException cancelled(Delivery delivery) {
		return new AdaptiveException(ErrorCode.CANCELLED, delivery,
				"The caller of this handler has given up, which cancels the calls made for it", null);
	}

	/**
	 * Returns the current context: in a conversation it changes from message to message.
	 */
	PropagatedContext latest() {
		PropagatedContext latest = (this.message != null) ? this.message.conversationContext() : null;
		return (latest != null) ? latest : this;
	}

	/**
	 * Binds the context for a retry of a call.
	 * @param retried the tag of the first attempt, {@code null} if it is not traced
	 * @return restores the previous binding
	 */
	public static Binding bindRetry(@Nullable TraceTag retried) {
		PropagatedContext context = current();
		if (retried == null) {
			return UNCHANGED;
		}
		return bind((context != null) ? new PropagatedContext(context.deadline, context.limited, context.tag,
				context.handling, retried, context.message)
				: new PropagatedContext(0, false, null, null, retried, null));
	}

	/**
	 * Returns the context for another message of the same conversation.
	 */
	PropagatedContext withTag(@Nullable TraceTag tag) {
		return new PropagatedContext(this.deadline, this.limited, tag, this.handling, null, this.message);
	}

	/**
	 * Runs work in this context.
	 */
	private void run(Runnable work) {
		Binding bound = bind(this);
		try {
			work.run();
		}
		finally {
			bound.close();
		}
	}

	/**
	 * Returns an executor that runs work in the context of this thread.
	 * @param executor the executor
	 * @return the same executor if there is no context
	 */
	public static Executor following(Executor executor) {
		PropagatedContext context = current();
		if (context == null) {
			return executor;
		}
		PropagatedContext call = context.handedOver();
		return (work) -> executor.execute(() -> call.run(work));
	}

	/**
	 * Limits a timeout by the remaining time of this thread's context.
	 * @param timeout the timeout, zero for none
	 * @return the shorter of both, zero for none
	 * @throws AdaptiveException if the deadline has passed, or the caller has given up
	 */
	public static Duration limit(Duration timeout) {
		PropagatedContext context = current();
		if (context == null) {
			return timeout;
		}
		context.checkNotCancelled();
		if (!context.hasDeadline()) {
			return timeout;
		}
		long left = context.deadline - System.nanoTime();
		if (left <= 0) {
			throw new AdaptiveException(ErrorCode.DEADLINE_EXCEEDED, Delivery.NOT_SENT,
					"The caller of this handler has given up, so nothing more is asked for it", null);
		}
		return (timeout.isZero() || TimeLimit.nanos(timeout) > left) ? Duration.ofNanos(left) : timeout;
	}

}
