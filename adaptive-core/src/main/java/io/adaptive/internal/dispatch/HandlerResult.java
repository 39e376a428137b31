package io.adaptive.internal.dispatch;

import java.util.Optional;
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
 * Asynchronous results of handlers: a {@link CompletionStage} or {@link Mono} gives one
 * answer, any other {@link Publisher} gives many and then ends the stream.
 */
final class HandlerResult {

	private HandlerResult() {
	}

	/**
	 * Returns the reply that a result stands for.
	 * @param result the result of a handler
	 * @return the content of an {@link Optional}, {@code null} if it is empty; otherwise
	 * the result
	 */
	static @Nullable Object content(@Nullable Object result) {
		return (result instanceof Optional<?> optional) ? optional.orElse(null) : result;
	}

	/**
	 * Subscribes to an asynchronous result.
	 * @param result the return value of the handler
	 * @param message the handled message
	 * @param callbacks runs the cancellation of the result, which runs its dependent
	 * stages
	 * @param answers receives the answer or the exception
	 * @return completes when everything is answered, {@code null} if the result is not
	 * asynchronous
	 */
	static @Nullable CompletionStage<?> later(@Nullable Object result, IncomingMessage message, Executor callbacks,
			HandlerAnswers answers) {
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
	 * Puts the call that the publisher belongs to into its context, which is independent
	 * of its thread.
	 */
	private static <T> Mono<T> ofCall(Mono<T> mono) {
		PropagatedContext call = PropagatedContext.current();
		return (call != null) ? mono.contextWrite((view) -> view.put(PropagatedContext.KEY, call)) : mono;
	}

	private static CompletionStage<?> one(CompletableFuture<?> future, IncomingMessage message, Executor callbacks,
			HandlerAnswers answers) {
		CompletableFuture<?> unused = message.cancelled().thenRunAsync(() -> future.cancel(false), callbacks);
		return future.<@Nullable Void>handle((value, error) -> {
			answers.answer((error != null) ? unwrap(error) : content(value));
			return null;
		});
	}

	private static CompletionStage<?> many(Publisher<?> publisher, IncomingMessage message, Executor callbacks,
			HandlerAnswers answers) {
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
			// Before the subscription, since the publisher may block this thread.
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

}
