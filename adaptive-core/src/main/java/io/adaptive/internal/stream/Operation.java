package io.adaptive.internal.stream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import io.adaptive.internal.message.TimeLimit;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.stream.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * Something begun on a stream: the one implementation under the blocking and the
 * asynchronous form of a call. Gets its result on whatever thread finishes it.
 * <p>
 * The blocking form waits here instead of in {@link CompletableFuture#get()}, which makes
 * objects for each wait and, on a virtual thread, parks several frames deeper.
 *
 * @param <T> the result
 */
abstract class Operation<T extends @Nullable Object> extends CompletableFuture<T> {

	/** Something sent without having to wait. */
	static final Operation<@Nullable Void> SENT = sent();

	private volatile @Nullable Thread waiter;

	/** Takes this out of the calls of the handler that began it. */
	private volatile CallContext.@Nullable Binding handler;

	private static Operation<@Nullable Void> sent() {
		Operation<@Nullable Void> sent = new Operation<>() {

			@Override
			String awaited() {
				return "credit";
			}

			@Override
			boolean giveUp() {
				return false;
			}

		};
		sent.complete(null);
		return sent;
	}

	/**
	 * Returns what is waited for, in words.
	 */
	abstract String awaited();

	/**
	 * Stops the operation. A result that is not claimed yet may go back to where it came
	 * from.
	 * @return {@code false} if it has its result, and keeps it
	 */
	abstract boolean giveUp();

	/**
	 * Takes the result for good. From now on it cannot be given up.
	 * @return {@code false} if the operation was given up before
	 */
	boolean claim() {
		return true;
	}

	@Override
	public boolean complete(T value) {
		boolean first = super.complete(value);
		wake();
		return first;
	}

	@Override
	public boolean completeExceptionally(Throwable error) {
		boolean first = super.completeExceptionally(error);
		wake();
		return first;
	}

	/**
	 * Ends with {@link ErrorCode#CANCELLED} when the message is cancelled that the
	 * calling thread handles, unless there is a result by then.
	 */
	final Operation<T> ofHandler() {
		if (this.handler == null && !isDone() && PropagatedContext.isCancellable()) {
			this.handler = PropagatedContext.onCancel(this::cancelledByCaller);
		}
		return this;
	}

	private void cancelledByCaller() {
		if (giveUp()) {
			completeExceptionally(PropagatedContext.cancelled(deliveryWhenGivenUp()));
		}
	}

	/**
	 * It is over: a cancel changes nothing any more.
	 */
	final void leaveHandler() {
		CallContext.Binding entry = this.handler;
		if (entry != null) {
			entry.close();
		}
	}

	/**
	 * Returns what is known of the message when this was given up.
	 */
	Delivery deliveryWhenGivenUp() {
		return Delivery.UNKNOWN;
	}

	private void wake() {
		Thread thread = this.waiter;
		if (thread != null) {
			LockSupport.unpark(thread);
		}
	}

	/**
	 * Waits for the result on this thread. For one thread.
	 * @param timeout how long, zero for no limit
	 * @throws ReceiveTimeoutException if the time is up
	 */
	final T await(Duration timeout) {
		try {
			if (isDone()) {
				doneAtOnce();
			}
			else if (!park(timeout)) {
				return afterTimeout(timeout);
			}
			return result();
		}
		finally {
			leaveHandler();
		}
	}

	/**
	 * There was nothing to wait for.
	 */
	void doneAtOnce() {
	}

	/**
	 * Parks until there is a result.
	 * @return whether it came in time
	 */
	private boolean park(Duration timeout) {
		boolean limited = !timeout.isZero() && !TimeLimit.isNone(timeout);
		long deadline = limited ? System.nanoTime() + TimeLimit.nanos(timeout) : 0;
		this.waiter = Thread.currentThread();
		while (!isDone()) {
			giveUpIfInterrupted();
			if (!limited) {
				LockSupport.park(this);
				continue;
			}
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				return false;
			}
			LockSupport.parkNanos(this, left);
		}
		return true;
	}

	private void giveUpIfInterrupted() {
		if (Thread.currentThread().isInterrupted()) {
			boolean unused = giveUp();
			checkInterrupt(awaited(), Delivery.UNKNOWN);
		}
	}

	/**
	 * Refuses to wait on a thread that is interrupted, and leaves its flag set.
	 * @param awaited what would be waited for, in words
	 * @param delivery what is known of the message
	 */
	static void checkInterrupt(String awaited, Delivery delivery) {
		if (Thread.currentThread().isInterrupted()) {
			throw new AdaptiveException(ErrorCode.CANCELLED, delivery, "Interrupted while waiting for " + awaited,
					null);
		}
	}

	/**
	 * The time is up, but the result may have come at the last moment; then it counts.
	 */
	private T afterTimeout(Duration timeout) {
		giveUpAfter(timeout);
		return result();
	}

	/**
	 * Gives up unless there is a result by now.
	 * @throws AdaptiveException if the operation was given up
	 */
	private void giveUpAfter(Duration timeout) {
		if (!isDone() && giveUp()) {
			throw timedOut("No %s within %s ms".formatted(awaited(), timeout.toMillis()));
		}
	}

	/**
	 * Says that the time is up.
	 */
	AdaptiveException timedOut(String message) {
		return new ReceiveTimeoutException(message);
	}

	private T result() {
		T result = outcome();
		if (!claim()) {
			// Given up for a caller, as the result came.
			throw PropagatedContext.cancelled(deliveryWhenGivenUp());
		}
		return result;
	}

	private T outcome() {
		try {
			return join();
		}
		catch (CompletionException ex) {
			throw unwrap(ex);
		}
	}

	private static RuntimeException unwrap(Throwable wrapper) {
		Throwable cause = wrapper.getCause();
		return (cause instanceof RuntimeException usual) ? usual : new IllegalStateException(wrapper);
	}

	/**
	 * Returns the result in spite of an error of waiting.
	 * @param error the error
	 * @param timeout how long it was waited
	 * @throws RuntimeException if there is no result
	 */
	final T afterError(Throwable error, Duration timeout) {
		if (error instanceof TimeoutException) {
			giveUpAfter(timeout);
			return outcome();
		}
		throw (error instanceof CompletionException) ? unwrap(error) : unwrap(new CompletionException(error));
	}

	/**
	 * Returns a stage that ends with this operation, or after a time.
	 * @param timeout how long to wait, zero for no limit
	 * @return the stage, which fails with a {@link TimeoutException}
	 */
	final CompletableFuture<T> limited(Duration timeout) {
		return (timeout.isZero() || TimeLimit.isNone(timeout)) ? this
				: copy().orTimeout(TimeLimit.nanos(timeout), TimeUnit.NANOSECONDS);
	}

}
