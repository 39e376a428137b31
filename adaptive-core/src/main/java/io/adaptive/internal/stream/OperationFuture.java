package io.adaptive.internal.stream;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.message.ReceiveTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The result of an operation for a user of the asynchronous form. The user may complete
 * it otherwise, for example by cancelling or by a timeout: that gives up the operation
 * before it returns, so that a message that has arrived in the meantime is again the next
 * one. Either the operation or the user decides the result, never both.
 *
 * @param <T> the result of the operation
 * @param <R> the result for the user
 */
final class OperationFuture<T extends @Nullable Object, R extends @Nullable Object> extends CompletableFuture<R> {

	private final Operation<T> operation;

	private final Mapping<T, R> mapping;

	private final SentMessage sent;

	private final Executor callbacks;

	private final AtomicBoolean decided = new AtomicBoolean();

	/**
	 * Creates the future of an operation.
	 * @param mapping maps the result for the user
	 * @param sent notified of the outcome
	 * @param callbacks executor of the mapping and of dependent stages, which an event
	 * loop must not run
	 */
	OperationFuture(Operation<T> operation, Mapping<T, R> mapping, SentMessage sent, Executor callbacks) {
		this.operation = operation;
		this.mapping = mapping;
		this.sent = sent;
		this.callbacks = callbacks;
	}

	/**
	 * Begins to wait.
	 * @param deadline the deadline
	 */
	OperationFuture<T, R> begin(WaitDeadline deadline) {
		CompletableFuture<?> unused = this.operation.handleAsync((value, error) -> {
			ended(value, error);
			return true;
		}, this.callbacks).exceptionally(this::completeExceptionally);
		if (deadline.limited() && !isDone()) {
			limit(deadline);
		}
		return this;
	}

	/**
	 * Ends the wait at the deadline. A timeout of this future itself would run the user's
	 * dependent stages on the thread of the timer.
	 */
	private void limit(WaitDeadline deadline) {
		CompletableFuture<?> timer = new CompletableFuture<>().orTimeout(Math.max(1, deadline.leftNanos()),
				TimeUnit.NANOSECONDS);
		CompletableFuture<?> unused = timer.whenComplete((never, timeout) -> {
			if (timeout != null) {
				this.callbacks.execute(() -> late(deadline));
			}
		});
		unused = whenComplete((result, error) -> timer.complete(null));
	}

	/**
	 * Ends the wait, unless a result without decoding is there or about to be.
	 */
	private void late(WaitDeadline deadline) {
		if (this.decided.get()) {
			return;
		}
		if (!this.operation.isDone() && this.operation.giveUp()) {
			fail(this.operation.timedOut(deadline));
		}
		else if (this.mapping.decodes() && decide()) {
			boolean unused = this.operation.giveUp();
			end(null, new ReceiveTimeoutException(TimedDecoding.late(deadline)));
		}
	}

	private void ended(T value, @Nullable Throwable error) {
		if (this.decided.get()) {
			return;
		}
		if (error != null) {
			fail(Operation.causeOf(error));
			return;
		}
		try {
			deliver(value);
		}
		catch (RuntimeException | Error ex) {
			fail(ex);
		}
	}

	/**
	 * Maps the result before the outcome is decided, since mapping may take long and may
	 * fail.
	 */
	private void deliver(T value) {
		R result = null;
		Throwable failure = null;
		try {
			result = this.mapping.map(value);
		}
		catch (RuntimeException | Error ex) {
			failure = ex;
		}
		if (!decide()) {
			return;
		}
		if (!this.operation.claim()) {
			// Given up for the caller of the handler, at the same time as the result.
			end(null, PropagatedContext.cancelled(this.operation.deliveryWhenGivenUp()));
			return;
		}
		try {
			this.mapping.received(value, result, failure);
		}
		catch (RuntimeException | Error ex) {
			failure = ex;
		}
		end(result, failure);
	}

	private void end(@Nullable R result, @Nullable Throwable failure) {
		if (failure != null) {
			this.sent.failed(failure);
			super.completeExceptionally(new CompletionException(failure));
			return;
		}
		this.sent.succeeded(result);
		super.complete(result);
	}

	private void fail(Throwable error) {
		if (decide()) {
			end(null, error);
		}
	}

	private boolean decide() {
		boolean first = this.decided.compareAndSet(false, true);
		if (first) {
			this.operation.leaveHandler();
		}
		return first;
	}

	/**
	 * Gives up for the user, unless the result is decided.
	 */
	private boolean giveUp() {
		if (!decide()) {
			return false;
		}
		boolean unused = this.operation.giveUp();
		return true;
	}

	@Override
	public boolean complete(R value) {
		boolean first = giveUp() && super.complete(value);
		if (first) {
			this.sent.givenUp(null, this.callbacks);
		}
		return first;
	}

	@Override
	public boolean completeExceptionally(Throwable error) {
		boolean first = giveUp() && super.completeExceptionally(error);
		if (first) {
			this.sent.givenUp(error, this.callbacks);
		}
		return first;
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		if (!giveUp()) {
			return isCancelled();
		}
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		this.sent.givenUp(new CancellationException(), this.callbacks);
		return cancelled;
	}

	/**
	 * Mapping of the result for the user.
	 *
	 * @param <T> the result of the operation
	 * @param <R> the result for the user
	 */
	@FunctionalInterface
	interface Mapping<T extends @Nullable Object, R extends @Nullable Object> {

		/**
		 * Maps the result. Has no side effects, since the result may be discarded.
		 */
		@Nullable R map(T value);

		/**
		 * Returns whether mapping runs code of the application which the deadline ends,
		 * too. The value is lost then.
		 */
		default boolean decodes() {
			return false;
		}

		/**
		 * Called when the mapped result becomes the outcome.
		 * @param failure the error of the mapping, {@code null} if it succeeded
		 */
		default void received(T value, @Nullable R result, @Nullable Throwable failure) {
		}

	}

}
