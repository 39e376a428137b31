package io.adaptive.stream;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The reactive form over the asynchronous one.
 */
record FutureReactiveStream(AsyncStream stream) implements ReactiveStream {

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
	public <T> Mono<T> recv(MessageType<T> type) {
		return later(() -> this.stream.recv(type));
	}

	@Override
	public <T> Flux<T> recvAll(MessageType<T> type) {
		return recv(type).repeat().onErrorResume(EndOfStreamException.class, (end) -> Mono.empty());
	}

	@Override
	public <T> Mono<T> sendRecv(Object request, MessageType<T> replyType, CallSettings settings) {
		return later(() -> this.stream.sendRecv(request, replyType, settings));
	}

	/**
	 * Begins on subscription, for the call of the handler whose publisher this is a part
	 * of, whatever thread subscribes.
	 */
	@SuppressWarnings("NullAway") // a future of Void has nothing but null
	private static <T extends @Nullable Object> Mono<T> later(Supplier<CompletableFuture<T>> future) {
		return Mono.deferContextual((view) -> {
			CallContext call = view.getOrDefault(CallContext.KEY, null);
			if (call == null) {
				return Mono.fromFuture(future.get());
			}
			CallContext.Binding bound = CallContext.bind(call.latest());
			try {
				return Mono.fromFuture(future.get());
			}
			finally {
				bound.close();
			}
		});
	}

}
