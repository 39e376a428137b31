package io.adaptive.internal.stream;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.adaptive.message.MessageType;
import io.adaptive.stream.AsyncStream;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.ReactiveStream;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The reactive form over the asynchronous one.
 */
public record FutureReactiveStream(AsyncStream stream) implements ReactiveStream {

	@Override
	@SuppressWarnings("NullAway") // a future of Void has nothing but null
	public Mono<Void> send(Object message) {
		return later(() -> this.stream.send(message));
	}

	@Override
	@SuppressWarnings("NullAway") // a future of Void has nothing but null
	public Mono<Void> send(Object message, CallSettings settings) {
		return later(() -> this.stream.send(message, settings));
	}

	@Override
	@SuppressWarnings("NullAway") // completes without a value
	public Mono<Void> whenWritable() {
		return later(this.stream::whenWritable);
	}

	@Override
	public <T> Mono<T> recv(MessageType<T> type) {
		return new FutureMono<>(() -> this.stream.recv(type), false);
	}

	@Override
	public <T> Flux<T> recvAll(MessageType<T> type) {
		return new FutureFlux<>(() -> this.stream.recv(type));
	}

	@Override
	public <T> Mono<T> sendRecv(Object request, MessageType<T> replyType, CallSettings settings) {
		return later(() -> this.stream.sendRecv(request, replyType, settings));
	}

	/**
	 * Returns a call that begins with the subscription. Its completion without a result
	 * needs no demand.
	 */
	private static <T extends @Nullable Object> Mono<T> later(Supplier<CompletableFuture<T>> call) {
		return new FutureMono<>(call, true);
	}

	/**
	 * The result of one future.
	 */
	private static final class FutureMono<T extends @Nullable Object> extends Mono<T> {

		private final Supplier<CompletableFuture<T>> future;

		private final boolean atOnce;

		/**
		 * Creates the publisher.
		 * @param atOnce whether the future begins with the subscription, not with the
		 * first demand
		 */
		FutureMono(Supplier<CompletableFuture<T>> future, boolean atOnce) {
			this.future = future;
			this.atOnce = atOnce;
		}

		@Override
		public void subscribe(CoreSubscriber<? super T> subscriber) {
			FutureSubscription<T> subscription = new FutureSubscription<>(subscriber, this.future, false);
			subscriber.onSubscribe(subscription);
			if (this.atOnce) {
				subscription.beginAtOnce();
			}
		}

	}

	/**
	 * The results of futures, as many as are demanded.
	 */
	private static final class FutureFlux<T> extends Flux<T> {

		private final Supplier<CompletableFuture<T>> futures;

		FutureFlux(Supplier<CompletableFuture<T>> futures) {
			this.futures = futures;
		}

		@Override
		public void subscribe(CoreSubscriber<? super T> subscriber) {
			subscriber.onSubscribe(new FutureSubscription<>(subscriber, this.futures, true));
		}

	}

}
