package io.adaptive.stream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ReceiveTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Something begun on a stream: the one implementation under the blocking and the
 * asynchronous form of a call.
 *
 * @param <T> the result
 * @param name what is waited for, in words
 * @param future gets the result, on whatever thread finishes the operation
 * @param giveUp stops the operation; {@code false} if it has its result
 */
record Operation<T extends @Nullable Object>(String name, CompletableFuture<T> future, BooleanSupplier giveUp) {

	/** Something sent without having to wait. */
	static final Operation<@Nullable Void> SENT = new Operation<@Nullable Void>("credit",
			CompletableFuture.<@Nullable Void>completedFuture(null), () -> false);

	/**
	 * Waits for the result on this thread.
	 * @param timeout how long, zero for no limit
	 * @throws ReceiveTimeoutException if the time is up
	 */
	T await(Duration timeout) {
		try {
			return timeout.isZero() ? this.future.get() : this.future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return afterTimeout(timeout);
		}
		catch (InterruptedException ex) {
			boolean unused = this.giveUp.getAsBoolean();
			Thread.currentThread().interrupt();
			throw new AdaptiveException(ErrorCode.CANCELLED, Delivery.UNKNOWN,
					"Interrupted while waiting for " + this.name, ex);
		}
		catch (ExecutionException ex) {
			throw unwrap(ex);
		}
	}

	/**
	 * The time is up, but the result may have come at the last moment; then it counts.
	 */
	private T afterTimeout(Duration timeout) {
		if (this.giveUp.getAsBoolean()) {
			throw new ReceiveTimeoutException("No %s within %d ms".formatted(this.name, timeout.toMillis()));
		}
		try {
			return this.future.join();
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
	 * Gives the result later. Cancelling the returned future stops the operation.
	 * @param timeout how long to wait, zero for no limit
	 * @param callbacks runs the mapping and what the user hangs on the future, which an
	 * event loop must not
	 * @param mapping turns the result into what the user wants
	 */
	<R extends @Nullable Object> CompletableFuture<R> later(Duration timeout, Executor callbacks,
			Function<T, R> mapping) {
		CompletableFuture<T> limited = timeout.isZero() ? this.future
				: this.future.copy().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
		CompletableFuture<R> result = limited.handleAsync((value, error) -> {
			if (error == null) {
				return mapping.apply(value);
			}
			if (error instanceof TimeoutException) {
				return mapping.apply(afterTimeout(timeout));
			}
			throw (error instanceof CompletionException) ? unwrap(error) : unwrap(new CompletionException(error));
		}, callbacks);
		result.whenComplete((value, error) -> {
			if (result.isCancelled()) {
				boolean unused = this.giveUp.getAsBoolean();
			}
		});
		return result;
	}

}
