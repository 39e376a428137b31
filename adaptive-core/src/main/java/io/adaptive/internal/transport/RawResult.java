package io.adaptive.internal.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The result of an operation on a raw connection. It arrives on an event loop, so its
 * dependent stages run on another executor. A blocked thread is woken directly, so that
 * it does not wait for a worker.
 *
 * @param <T> the result
 */
final class RawResult<T extends @Nullable Object> extends CompletableFuture<T> {

	private final CompletableFuture<T> arrived = new CompletableFuture<>();

	private final Executor callbacks;

	RawResult(Executor callbacks) {
		this.callbacks = callbacks;
	}

	/**
	 * Completes the operation.
	 */
	void arrive(T value) {
		if (this.arrived.complete(value)) {
			this.callbacks.execute(this::take);
		}
	}

	/**
	 * Fails the operation.
	 */
	void fail(Throwable error) {
		if (this.arrived.completeExceptionally(error)) {
			this.callbacks.execute(this::take);
		}
	}

	private void take() {
		CompletableFuture<?> unused = this.arrived.whenComplete((value, error) -> {
			if (error != null) {
				completeExceptionally(error);
			}
			else {
				complete(value);
			}
		});
	}

	private CompletableFuture<Boolean> settled() {
		return CompletableFuture.anyOf(this, this.arrived).handle((value, error) -> true);
	}

	@Override
	public T join() {
		if (!isDone()) {
			settled().join();
			take();
		}
		return super.join();
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		if (!isDone()) {
			settled().get();
			take();
		}
		return super.get();
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		if (!isDone()) {
			settled().get(timeout, unit);
			take();
		}
		return super.get(timeout, unit);
	}

	@Override
	public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

}
