package io.adaptive.stream;

import io.adaptive.message.EndOfStreamException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The reactive form over the asynchronous one.
 */
record FutureReactiveStream(AsyncStream stream) implements ReactiveStream {

	@Override
	@SuppressWarnings("NullAway") // a future of Void has nothing but null
	public Mono<Void> send(Object message) {
		return Mono.fromFuture(() -> this.stream.send(message));
	}

	@Override
	@SuppressWarnings("NullAway") // a future of Void has nothing but null
	public Mono<Void> send(Object message, CallSettings settings) {
		return Mono.fromFuture(() -> this.stream.send(message, settings));
	}

	@Override
	public <T> Mono<T> recv(Class<T> type) {
		return Mono.fromFuture(() -> this.stream.recv(type));
	}

	@Override
	public <T> Flux<T> recvAll(Class<T> type) {
		return recv(type).repeat().onErrorResume(EndOfStreamException.class, (end) -> Mono.empty());
	}

	@Override
	public <T> Mono<T> sendRecv(Object request, Class<T> replyType) {
		return Mono.fromFuture(() -> this.stream.sendRecv(request, replyType));
	}

	@Override
	public <T> Mono<T> sendRecv(Object request, Class<T> replyType, CallSettings settings) {
		return Mono.fromFuture(() -> this.stream.sendRecv(request, replyType, settings));
	}

}
