package io.adaptive.stream;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.adaptive.internal.stream.PropagatedContext;
import org.jspecify.annotations.Nullable;

/**
 * The context of the call that a handler handles: the deadline and the cancellation of
 * its caller, and the trace position of the message. Messages sent by the handler inherit
 * it. Created by the framework only.
 * <p>
 * The context is bound to the thread that runs the handler. It is propagated to dependent
 * stages of the framework's futures and publishers; {@link #wrap} propagates it to other
 * threads. Deadline and cancellation end with the answer, because the caller does not
 * wait for later work. Work that must continue after the caller gives up is
 * {@linkplain #detach(Runnable) detached}.
 */
public interface CallContext {

	/**
	 * The key of the call context in Reactor's context and in captured thread contexts.
	 */
	String KEY = "adaptive.call";

	/**
	 * Returns the context of the current thread.
	 * @return the context, {@code null} outside handlers and for callers without a
	 * deadline, cancellation or trace
	 */
	static @Nullable CallContext current() {
		return PropagatedContext.current();
	}

	/**
	 * Binds a context to the current thread.
	 * @param context the context, or {@code null} for none
	 * @return the binding, whose {@code close} restores the previous context
	 */
	static Binding bind(@Nullable CallContext context) {
		return PropagatedContext.bind(context);
	}

	/**
	 * Wraps work to run in the context of the current thread. Calls made by the work end
	 * like calls of the handler itself: at the deadline, and when the caller gives up
	 * before the call was answered.
	 * @param work the work
	 * @return a runnable that runs the work in the context of the current thread
	 * @see #detach(Runnable)
	 */
	static Runnable wrap(Runnable work) {
		return PropagatedContext.wrap(work);
	}

	/**
	 * Returns an executor that runs work in the context of the current thread.
	 * @param executor the executor
	 * @return the same executor if there is no context
	 */
	static Executor following(Executor executor) {
		return PropagatedContext.following(executor);
	}

	/**
	 * Runs work whose calls continue when the caller of this handler gives up, such as an
	 * audit or a refund. The calls inherit neither the deadline nor the cancellation of
	 * the caller, but keep the trace and the observation. Applies to calls made on this
	 * thread until the work returns, and to dependent stages of their futures.
	 * @param work the work, which runs on the current thread
	 */
	static void detach(Runnable work) {
		PropagatedContext.detach(work);
	}

	/**
	 * Runs work with a result as {@link #detach(Runnable)} does.
	 * @param <T> the type of the result
	 * @param work the work, which runs on the current thread
	 * @return the result of the work
	 */
	static <T extends @Nullable Object> T detach(Supplier<T> work) {
		return PropagatedContext.detach(work);
	}

	/**
	 * Returns the context for another thread, without the mark of a retried call.
	 * @return the context for that thread
	 */
	CallContext handedOver();

	/**
	 * The binding of a context to a thread.
	 */
	@FunctionalInterface
	interface Binding extends AutoCloseable {

		/**
		 * Restores the context bound before. To be called on the same thread.
		 */
		@Override
		void close();

	}

}
