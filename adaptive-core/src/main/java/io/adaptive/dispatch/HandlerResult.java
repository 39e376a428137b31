package io.adaptive.dispatch;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.IncomingMessage;
import io.adaptive.stream.MessageStream;
import io.adaptive.wire.Protocol;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a handler returned that comes later: {@link CompletionStage} and {@link Mono} give
 * one answer, any other {@link Publisher} gives many and then ends the stream.
 */
final class HandlerResult {

	private HandlerResult() {
	}

	/**
	 * Takes over a result that comes later.
	 * @param result what the handler returned
	 * @param message what it was handed
	 * @param workers tell the result that nobody wants it any more, which runs what the
	 * user hung on that
	 * @param answers gets the answer or the exception
	 * @return completes when all is done, {@code null} if the result is there already
	 */
	static @Nullable CompletionStage<?> later(@Nullable Object result, IncomingMessage message, Executor workers,
			Answers answers) {
		if (result instanceof CompletionStage<?> stage) {
			return one(stage.toCompletableFuture(), message, workers, answers);
		}
		if (result instanceof Mono<?> mono) {
			return one(ofCall(mono).toFuture(), message, workers, answers);
		}
		if (result instanceof Publisher<?> publisher) {
			return many(Flux.from(publisher), message, workers, answers);
		}
		return null;
	}

	/**
	 * Lets the publisher find the call that it belongs to, whatever thread it runs on.
	 */
	private static <T> Mono<T> ofCall(Mono<T> mono) {
		CallContext call = CallContext.current();
		return (call != null) ? mono.contextWrite((view) -> view.put(CallContext.KEY, call)) : mono;
	}

	private static <T> Flux<T> ofCall(Flux<T> flux) {
		CallContext call = CallContext.current();
		return (call != null) ? flux.contextWrite((view) -> view.put(CallContext.KEY, call)) : flux;
	}

	private static CompletionStage<?> one(CompletableFuture<?> future, IncomingMessage message, Executor workers,
			Answers answers) {
		message.cancelled().thenRunAsync(() -> future.cancel(false), workers);
		return future.<@Nullable Void>handle((value, error) -> {
			answers.answer((error != null) ? unwrap(error) : value);
			return null;
		});
	}

	private static CompletionStage<?> many(Flux<?> flux, IncomingMessage message, Executor workers, Answers answers) {
		if (message.streamContext().streamId() == Protocol.DEFAULT_STREAM) {
			answers.answer(new AdaptiveException(ErrorCode.FAILED_PRECONDITION,
					"Message %s is answered by many replies and the end of the stream; send it on a stream of its own"
						.formatted(message.payload().typeName())));
			return CompletableFuture.completedFuture(null);
		}
		Replies replies = new Replies(message.replies());
		// One at a time, so that the peer's credit slows the publisher down.
		Flux<Void> sending = ofCall(flux.concatMap((value) -> replies.stream.reactive().send(value), 1));
		Disposable subscription = sending.subscribe((sent) -> {
		}, replies::fail, replies::end);
		CompletableFuture<?> unused = CompletableFuture.anyOf(message.cancelled(), message.streamEnded())
			.thenRunAsync(() -> {
				subscription.dispose();
				replies.cancelled();
			}, workers);
		return replies.done;
	}

	private static Throwable unwrap(Throwable error) {
		return (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
	}

	/**
	 * Answers the message.
	 */
	@FunctionalInterface
	interface Answers {

		void answer(@Nullable Object result);

	}

	/**
	 * Many replies on their way.
	 */
	private static final class Replies {

		private final MessageStream stream;

		private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

		private final @Nullable CallContext call = CallContext.current();

		private volatile @Nullable Throwable failure;

		/** The publisher has ended, and closing the stream is part of that. */
		private volatile boolean ended;

		Replies(MessageStream stream) {
			this.stream = stream;
		}

		void end() {
			this.ended = true;
			this.stream.close();
			done();
		}

		/**
		 * Tells the peer, as the last of all.
		 */
		void fail(Throwable error) {
			this.failure = error;
			this.ended = true;
			CallContext.Binding bound = CallContext.bind(this.call);
			CompletableFuture<@Nullable Void> told = this.stream.async().send(error);
			bound.close();
			told.whenComplete((sent, failed) -> end());
		}

		/**
		 * Nobody takes replies any more.
		 */
		void cancelled() {
			if (!this.ended) {
				this.failure = new CancellationException("The peer takes no more replies");
			}
			done();
		}

		private void done() {
			Throwable error = this.failure;
			if (error != null) {
				this.done.completeExceptionally(error);
			}
			else {
				this.done.complete(null);
			}
		}

	}

}
