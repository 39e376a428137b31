package io.adaptive.internal.stream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Ends a subscription with {@link IllegalArgumentException} when its subscriber requests
 * 0 or less elements, as Reactive Streams 3.9 requires. Reactor's own sources and
 * operators ignore such a request.
 *
 * @param <T> the type of the elements
 */
public final class CheckedDemand<T> implements CoreSubscriber<T>, Subscription {

	/**
	 * Serialized: the error does not interleave with elements of other threads, and
	 * nothing follows it.
	 */
	private final CoreSubscriber<? super T> subscriber;

	/** Set before the subscriber can request anything. */
	private @Nullable Subscription source;

	private CheckedDemand(CoreSubscriber<? super T> subscriber) {
		this.subscriber = Operators.serialize(subscriber);
	}

	/**
	 * Returns a publisher that checks the demand of all its subscribers.
	 * @param <T> the type of the elements
	 * @param source the source of the elements
	 * @return the same elements
	 */
	public static <T> Flux<T> of(Flux<T> source) {
		return source.transform(Operators.<T, T>lift((scannable, subscriber) -> new CheckedDemand<>(subscriber)));
	}

	/**
	 * Creates the error of an invalid demand.
	 */
	static IllegalArgumentException error(long demand) {
		return new IllegalArgumentException("A subscriber requests more than 0 (Reactive Streams 3.9), not " + demand);
	}

	@Override
	public Context currentContext() {
		return this.subscriber.currentContext();
	}

	@Override
	public void onSubscribe(Subscription source) {
		this.source = source;
		this.subscriber.onSubscribe(this);
	}

	@Override
	public void onNext(T element) {
		this.subscriber.onNext(element);
	}

	@Override
	public void onError(Throwable error) {
		this.subscriber.onError(error);
	}

	@Override
	public void onComplete() {
		this.subscriber.onComplete();
	}

	@Override
	public void request(long demand) {
		Subscription running = this.source;
		if (running == null) {
			return;
		}
		if (demand > 0) {
			running.request(demand);
		}
		else {
			running.cancel();
			this.subscriber.onError(error(demand));
		}
	}

	@Override
	public void cancel() {
		Subscription running = this.source;
		if (running != null) {
			running.cancel();
		}
	}

}
