package io.adaptive.internal.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.adaptive.message.EndOfStreamException;
import io.adaptive.stream.CallContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * Signals the results of futures, one after the other, each begun for a demand. Signals
 * are serialized. Cancelling cancels the current future; a result that was decided before
 * is still signalled.
 *
 * @param <T> the result of each future
 */
final class FutureSubscription<T extends @Nullable Object> implements Subscription {

	private final CoreSubscriber<? super T> subscriber;

	private final Supplier<CompletableFuture<T>> futures;

	/** Whether futures follow each other, until the end of the stream. */
	private final boolean repeated;

	private final @Nullable PropagatedContext call;

	private final AtomicLong requested = new AtomicLong();

	/** Number of pending reasons to run the loop. */
	private final AtomicInteger pumps = new AtomicInteger();

	private final AtomicReference<@Nullable Throwable> badRequest = new AtomicReference<>();

	/** Whether the first future needs no demand. */
	private volatile boolean atOnce;

	private volatile boolean cancelled;

	private volatile @Nullable CompletableFuture<T> current;

	private volatile @Nullable Outcome<T> outcome;

	/** Owned by the signalling thread, as is the next field. */
	private boolean begun;

	private boolean over;

	FutureSubscription(CoreSubscriber<? super T> subscriber, Supplier<CompletableFuture<T>> futures, boolean repeated) {
		this.subscriber = subscriber;
		this.futures = futures;
		this.repeated = repeated;
		this.call = subscriber.currentContext().getOrDefault(PropagatedContext.KEY, null);
	}

	/**
	 * Begins the first future without a demand for its result.
	 */
	void beginAtOnce() {
		this.atOnce = true;
		pump();
	}

	@Override
	public void request(long n) {
		if (n <= 0) {
			this.badRequest.compareAndSet(null, CheckedDemand.error(n));
		}
		else {
			this.requested.getAndUpdate((before) -> Operators.addCap(before, n));
		}
		pump();
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		cancelCurrent();
	}

	private void cancelCurrent() {
		CompletableFuture<T> future = this.current;
		if (future != null) {
			future.cancel(false);
		}
	}

	private void pump() {
		if (this.pumps.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		do {
			while (!this.over && step()) {
				// Repeats while there is something to do.
			}
			seen = this.pumps.addAndGet(-seen);
		}
		while (seen != 0);
	}

	/**
	 * Performs one step.
	 * @return whether there may be more to do
	 */
	private boolean step() {
		Throwable wrong = this.badRequest.get();
		if (wrong != null) {
			end(wrong);
			cancel();
			return false;
		}
		Outcome<T> ended = this.outcome;
		if (ended != null) {
			return (this.requested.get() > 0 || ended.isNoValue()) && signal(ended);
		}
		if (this.begun || this.cancelled || (this.requested.get() == 0 && !this.atOnce)) {
			return false;
		}
		begin();
		return true;
	}

	/**
	 * Begins a future in the context of the handler's call that the publisher belongs to,
	 * on any thread.
	 */
	private void begin() {
		this.begun = true;
		CallContext.Binding bound = (this.call != null) ? PropagatedContext.bind(this.call.latest()) : null;
		CompletableFuture<T> future;
		try {
			future = this.futures.get();
		}
		catch (RuntimeException | Error ex) {
			future = CompletableFuture.failedFuture(ex);
		}
		finally {
			if (bound != null) {
				bound.close();
			}
		}
		this.current = future;
		if (this.cancelled) {
			cancelCurrent();
		}
		CompletableFuture<?> unused = future.whenComplete((value, error) -> {
			this.outcome = new Outcome<>(value, error);
			pump();
		});
	}

	private boolean signal(Outcome<T> ended) {
		this.outcome = null;
		this.current = null;
		this.begun = false;
		if (ended.error() != null) {
			endWith(ended.cause());
			return false;
		}
		if (ended.value() != null) {
			if (this.requested.get() != Long.MAX_VALUE) {
				this.requested.decrementAndGet();
			}
			this.subscriber.onNext(ended.value());
		}
		if (!this.repeated) {
			end(null);
		}
		return true;
	}

	private void endWith(Throwable error) {
		end((this.repeated && error instanceof EndOfStreamException) ? null : error);
	}

	private void end(@Nullable Throwable error) {
		this.over = true;
		if (this.cancelled) {
			return;
		}
		if (error == null) {
			this.subscriber.onComplete();
		}
		else {
			this.subscriber.onError(error);
		}
	}

	/**
	 * The outcome of a future.
	 */
	private record Outcome<T extends @Nullable Object>(@Nullable T value, @Nullable Throwable error) {

		boolean isNoValue() {
			return this.value == null;
		}

		Throwable cause() {
			Throwable wrapper = this.error;
			if (wrapper == null) {
				throw new IllegalStateException("There is no error");
			}
			return (wrapper instanceof CompletionException && wrapper.getCause() != null) ? wrapper.getCause()
					: wrapper;
		}

	}

}
