package io.adaptive.stream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.message.TimeLimit;
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

	private static Operation<@Nullable Void> sent() {
		return of("credit", CompletableFuture.<@Nullable Void>completedFuture(null), () -> false);
	}

	/**
	 * Makes an operation of a future.
	 * @param awaited what is waited for, in words
	 * @param future gets the result
	 * @param giveUp stops the operation
	 */
	static <T extends @Nullable Object> Operation<T> of(String awaited, CompletableFuture<T> future,
			BooleanSupplier giveUp) {
		Operation<T> operation = new Operation<>() {

			@Override
			String awaited() {
				return awaited;
			}

			@Override
			boolean giveUp() {
				return giveUp.getAsBoolean();
			}

		};
		future.whenComplete((value, error) -> {
			if (error != null) {
				operation.completeExceptionally(error);
			}
			else {
				operation.complete(value);
			}
		});
		return operation;
	}

	/**
	 * Returns what is waited for, in words.
	 */
	abstract String awaited();

	/**
	 * Stops the operation.
	 * @return {@code false} if it has its result
	 */
	abstract boolean giveUp();

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
		if (isDone()) {
			doneAtOnce();
		}
		else if (!park(timeout)) {
			return afterTimeout(timeout);
		}
		return result();
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
		if (giveUp()) {
			throw timedOut("No %s within %d ms".formatted(awaited(), timeout.toMillis()));
		}
		return result();
	}

	/**
	 * Says that the time is up.
	 */
	AdaptiveException timedOut(String message) {
		return new ReceiveTimeoutException(message);
	}

	private T result() {
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
	 * Gives the result later. Cancelling the returned future, or completing it in any
	 * other way, stops the operation.
	 * @param timeout how long to wait, zero for no limit
	 * @param callbacks runs the mapping and what the user hangs on the future, which an
	 * event loop must not
	 * @param mapping turns the result into what the user wants
	 * @param sent is told what became of it
	 */
	final <R extends @Nullable Object> CompletableFuture<R> later(Duration timeout, Executor callbacks,
			Function<T, R> mapping, SentMessage sent) {
		CompletableFuture<T> limited = (timeout.isZero() || TimeLimit.isNone(timeout)) ? this
				: copy().orTimeout(TimeLimit.nanos(timeout), TimeUnit.NANOSECONDS);
		CompletableFuture<R> result = limited.handleAsync((value, error) -> {
			try {
				R mapped = mapping.apply((error == null) ? value : afterError(error, timeout));
				sent.succeeded(mapped);
				return mapped;
			}
			catch (RuntimeException | Error ex) {
				sent.failed(ex);
				throw ex;
			}
		}, callbacks);
		result.whenComplete((value, error) -> {
			// Whoever completes the future, as by cancelling, waits no longer.
			if (!isDone()) {
				boolean unused = giveUp();
			}
			// Unless it came to its end above, as one completed by others does not.
			sent.givenUp(error, callbacks);
		});
		return result;
	}

	private T afterError(Throwable error, Duration timeout) {
		if (error instanceof TimeoutException) {
			return afterTimeout(timeout);
		}
		throw (error instanceof CompletionException) ? unwrap(error) : unwrap(new CompletionException(error));
	}

}
