package io.adaptive.stream;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.adaptive.internal.stream.PropagatedContext;
import org.jspecify.annotations.Nullable;

/**
 * What a handler passes on, without knowing, to the messages it sends itself: its
 * caller's deadline and cancellation, and which message they are the consequence of.
 * Bound to the thread that runs the handler. It goes along by itself to what hangs on the
 * futures and publishers of this framework; {@link #wrap} takes it to other threads.
 * Deadline and cancellation end with the answer: what a handler goes on with after that
 * is not what its caller waits for. Work that must go on even if the caller gives up is
 * {@linkplain #detach(Runnable) detached}. Made by the framework only.
 */
public interface CallContext {

	/**
	 * Under which key the context of a handler's call is found in Reactor's context, and
	 * in what is captured of a thread.
	 */
	String KEY = "adaptive.call";

	/**
	 * Returns the context of this thread.
	 * @return the context, {@code null} outside of handlers and for callers that gave
	 * nothing along
	 */
	static @Nullable CallContext current() {
		return PropagatedContext.current();
	}

	/**
	 * Binds a context to this thread.
	 * @param context the context, or {@code null} for none
	 * @return restores what was bound before
	 */
	static Binding bind(@Nullable CallContext context) {
		return PropagatedContext.bind(context);
	}

	/**
	 * Takes the context of this thread to another one. What the work calls there ends as
	 * what the handler calls itself: at the deadline, and when the caller gives up, as
	 * long as the call is not answered.
	 * @param work the work
	 * @return runs the work in this thread's context
	 * @see #detach(Runnable)
	 */
	static Runnable wrap(Runnable work) {
		return PropagatedContext.wrap(work);
	}

	/**
	 * Lets an executor run work in the context of this thread.
	 * @param executor the executor
	 * @return the same executor if there is no context
	 */
	static Executor following(Executor executor) {
		return PropagatedContext.following(executor);
	}

	/**
	 * Runs work whose calls go on when the caller of this handler gives up, such as those
	 * of an audit or a refund: they inherit neither its deadline nor its cancellation.
	 * The trace and the observation stay. Holds for what begins on this thread until the
	 * work returns, and for what hangs on its futures.
	 * @param work the work, which runs on this thread
	 */
	static void detach(Runnable work) {
		PropagatedContext.detach(work);
	}

	/**
	 * Does as {@link #detach(Runnable)} with work that has a result.
	 * @param <T> the type of the result
	 * @param work the work, which runs on this thread
	 * @return what the work returned
	 */
	static <T extends @Nullable Object> T detach(Supplier<T> work) {
		return PropagatedContext.detach(work);
	}

	/**
	 * Returns what goes to another thread: all but the mark of a call that is sent again.
	 * @return the context there
	 */
	CallContext handedOver();

	/**
	 * A context that is bound.
	 */
	@FunctionalInterface
	interface Binding extends AutoCloseable {

		/**
		 * Restores what was bound to the thread before; to be called on the same thread.
		 */
		@Override
		void close();

	}

}
