package io.adaptive.stream;

import java.time.Duration;
import java.util.concurrent.Executor;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.TimeLimit;
import io.adaptive.message.TraceTag;
import org.jspecify.annotations.Nullable;

/**
 * What a handler passes on, without knowing, to the messages it sends itself: its
 * caller's deadline, and which message they are the consequence of. Bound to the thread
 * that runs the handler. It goes along by itself to what hangs on the futures and
 * publishers of this framework; {@link #wrap} takes it to other threads. The deadline
 * ends with the answer: what a handler goes on with after that is not what its caller
 * waits for.
 *
 * @param deadline when the caller gives up, in {@link System#nanoTime()}; only meaningful
 * if limited
 * @param limited whether the caller gives up at some time
 * @param tag the message being handled, if it is traced
 * @param handling the message being handled, as its observer sees it
 * @param retried the first attempt of a call that is being sent again, if it is traced
 * @param message the message being handled, whose answer ends the deadline
 */
public record CallContext(long deadline, boolean limited, @Nullable TraceTag tag,
		MessageObserver.@Nullable Handling handling, @Nullable TraceTag retried, @Nullable IncomingMessage message) {

	/**
	 * Under which key the context of a handler's call is found in Reactor's context, and
	 * in what is captured of a thread.
	 */
	public static final String KEY = "adaptive.call";

	private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

	private static final Binding UNCHANGED = () -> {
	};

	/**
	 * Makes the context of a call with a deadline.
	 * @param deadline when the caller gives up, in {@link System#nanoTime()}
	 */
	public CallContext(long deadline) {
		this(deadline, true, null, null, null, null);
	}

	/**
	 * Returns the context of this thread.
	 * @return the context, {@code null} outside of handlers and for callers that gave
	 * nothing along
	 */
	public static @Nullable CallContext current() {
		return CURRENT.get();
	}

	/**
	 * Binds a context to this thread.
	 * @param context the context, or {@code null} for none
	 * @return restores what was bound before
	 */
	public static Binding bind(@Nullable CallContext context) {
		CallContext before = CURRENT.get();
		if (before == null && context == null) {
			return UNCHANGED;
		}
		set(context);
		return () -> set(before);
	}

	/**
	 * Replaces what is bound to this thread, until that is restored.
	 */
	static void replace(CallContext context) {
		CURRENT.set(context);
	}

	private static void set(@Nullable CallContext context) {
		if (context == null) {
			CURRENT.remove();
		}
		else {
			CURRENT.set(context);
		}
	}

	/**
	 * Takes the context of this thread to another one, all but the deadline: as a rule
	 * work is handed to another thread because nobody waits for it.
	 * @param work the work
	 * @return runs the work in this thread's context
	 */
	public static Runnable wrap(Runnable work) {
		CallContext context = CURRENT.get();
		CallContext handedOver = (context != null) ? context.withoutDeadline() : null;
		return (handedOver != null) ? () -> handedOver.run(work) : work;
	}

	/**
	 * Returns what may go to work that outlives the call.
	 * @return the context without its deadline, {@code null} if nothing is left
	 */
	public @Nullable CallContext withoutDeadline() {
		if (this.tag == null && this.handling == null) {
			return null;
		}
		return (this.limited || this.retried != null || this.message != null)
				? new CallContext(0, false, this.tag, this.handling, null, null) : this;
	}

	/**
	 * Tells whether somebody still waits for an answer, and gives up at some time.
	 */
	boolean hasDeadline() {
		return this.limited && (this.message == null || !this.message.isAnswered());
	}

	/**
	 * Returns the context that is right by now: a conversation goes on from message to
	 * message.
	 */
	CallContext latest() {
		CallContext latest = (this.message != null) ? this.message.conversationContext() : null;
		return (latest != null) ? latest : this;
	}

	/**
	 * Begins to send a call again.
	 * @param retried the first attempt, {@code null} if it is not traced
	 * @return restores what was bound before
	 */
	public static Binding bindRetry(@Nullable TraceTag retried) {
		CallContext context = CURRENT.get();
		if (retried == null) {
			return UNCHANGED;
		}
		return bind((context != null) ? new CallContext(context.deadline, context.limited, context.tag,
				context.handling, retried, context.message) : new CallContext(0, false, null, null, retried, null));
	}

	/**
	 * Goes on with another message of the same conversation.
	 */
	CallContext withTag(@Nullable TraceTag tag) {
		return new CallContext(this.deadline, this.limited, tag, this.handling, null, this.message);
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
	 * Lets an executor run work in the context of this thread.
	 * @param executor the executor
	 * @return the same executor if there is no context
	 */
	public static Executor following(Executor executor) {
		CallContext context = CURRENT.get();
		if (context == null) {
			return executor;
		}
		CallContext call = (context.retried != null) ? context.withTag(context.tag) : context;
		return (work) -> executor.execute(() -> call.run(work));
	}

	/**
	 * Shortens a timeout to what this thread's context leaves.
	 * @param timeout the timeout, zero for none
	 * @return the shorter of both, zero for none
	 * @throws AdaptiveException if the deadline has passed
	 */
	public static Duration limit(Duration timeout) {
		CallContext context = CURRENT.get();
		if (context == null || !context.hasDeadline()) {
			return timeout;
		}
		long left = context.deadline - System.nanoTime();
		if (left <= 0) {
			throw new AdaptiveException(ErrorCode.DEADLINE_EXCEEDED, Delivery.NOT_SENT,
					"The caller of this handler has given up, so nothing more is asked for it", null);
		}
		return (timeout.isZero() || TimeLimit.nanos(timeout) > left) ? Duration.ofNanos(left) : timeout;
	}

	/**
	 * A context that is bound.
	 */
	@FunctionalInterface
	public interface Binding extends AutoCloseable {

		@Override
		void close();

	}

}
