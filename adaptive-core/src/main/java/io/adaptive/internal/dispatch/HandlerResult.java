package io.adaptive.internal.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.adaptive.internal.stream.IncomingMessage;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.internal.stream.ReplyStream;
import io.adaptive.internal.wire.Protocol;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.stream.CallContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
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
	 * @param callbacks tell the result that nobody wants it any more, which runs what the
	 * user hung on that
	 * @param answers gets the answer or the exception
	 * @return completes when all is done, {@code null} if the result is there already
	 */
	static @Nullable CompletionStage<?> later(@Nullable Object result, IncomingMessage message, Executor callbacks,
			Answers answers) {
		if (result instanceof CompletionStage<?> stage) {
			return one(stage.toCompletableFuture(), message, callbacks, answers);
		}
		if (result instanceof Mono<?> mono) {
			return one(ofCall(mono).toFuture(), message, callbacks, answers);
		}
		if (result instanceof Publisher<?> publisher) {
			return many(publisher, message, callbacks, answers);
		}
		return null;
	}

	/**
	 * Lets the publisher find the call that it belongs to, whatever thread it runs on.
	 */
	private static <T> Mono<T> ofCall(Mono<T> mono) {
		PropagatedContext call = PropagatedContext.current();
		return (call != null) ? mono.contextWrite((view) -> view.put(PropagatedContext.KEY, call)) : mono;
	}

	private static CompletionStage<?> one(CompletableFuture<?> future, IncomingMessage message, Executor callbacks,
			Answers answers) {
		CompletableFuture<?> unused = message.cancelled().thenRunAsync(() -> future.cancel(false), callbacks);
		return future.<@Nullable Void>handle((value, error) -> {
			answers.answer((error != null) ? unwrap(error) : value);
			return null;
		});
	}

	private static CompletionStage<?> many(Publisher<?> publisher, IncomingMessage message, Executor callbacks,
			Answers answers) {
		if (message.streamContext().streamId() == Protocol.DEFAULT_STREAM) {
			answers.answer(new AdaptiveException(ErrorCode.FAILED_PRECONDITION,
					("Message %s is answered by many replies and the end of the stream; send it on a stream of its own, "
							+ "or let the client method return Flux")
						.formatted(message.payload().typeName())));
			return CompletableFuture.completedFuture(null);
		}
		ReplyStream stream = message.replies();
		CallContext.Binding bound = PropagatedContext.bind(stream.call());
		try {
			ReplySubscriber replies = new ReplySubscriber(stream, PropagatedContext.following(callbacks), answers);
			// Before the publisher begins, which may wait on this thread.
			CompletableFuture<?> unused = CompletableFuture.anyOf(message.cancelled(), message.streamEnded())
				.thenRunAsync(replies::cancelled, callbacks);
			Flux.<Object>from(publisher).subscribe(replies);
			return replies.done();
		}
		finally {
			bound.close();
		}
	}

	private static Throwable unwrap(Throwable error) {
		return (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
	}

	/**
	 * Answers the message.
	 */
	interface Answers {

		void answer(@Nullable Object result);

		/**
		 * Many replies ended in an error, which is sent already.
		 */
		void failed(Throwable error);

		/**
		 * Many replies ended since their publisher breaks the rules of Reactive Streams
		 * or cannot wait, which is sent already.
		 */
		void misbehaved(Throwable error);

	}

}
