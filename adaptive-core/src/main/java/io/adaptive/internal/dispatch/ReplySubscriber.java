package io.adaptive.internal.dispatch;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.internal.stream.ReplyStream;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.StreamResetException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.util.context.Context;

/**
 * Sends the elements of a publisher in order, then ends the stream. One element is
 * requested at a time, and the next one as soon as the last is sent: while there is
 * credit, before {@code onNext} returns. The credit of the stream is therefore the buffer
 * of a publisher that ignores back-pressure, such as an interval, and at most one element
 * waits in memory.
 * <p>
 * Emitted elements are sent before the error or completion that follows them. The
 * publisher is cancelled at most once, and never after it has ended.
 */
final class ReplySubscriber implements CoreSubscriber<Object> {

	private static final String NOT_REQUESTED = "The publisher that the handler returned emitted an element that was "
			+ "not requested: it has to respect the demand, as Reactive Streams say";

	private static final String OVERFLOW = "The publisher that the handler returned emits faster than its subscriber "
			+ "receives, and the credit of the stream is used up. Add onBackpressureLatest, onBackpressureDrop or "
			+ "onBackpressureBuffer to it, or raise adaptive.link.stream-credit of the subscriber: ";

	private final ReplyStream replies;

	/** Runs calls to the publisher, which must not run on event loops. */
	private final Executor callbacks;

	private final HandlerAnswers answers;

	private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

	private @Nullable Subscription publisher;

	/** Whether an element is requested. */
	private boolean requested;

	/** Whether an element waits for credit. */
	private boolean waiting;

	/** Whether any element has waited for credit. */
	private boolean delayed;

	private @Nullable PublisherEnd termination;

	/** Whether the stream is ended for sending. */
	private boolean over;

	/**
	 * Creates a subscriber.
	 * @param replies stream that receives the elements
	 * @param callbacks runs calls to the publisher
	 * @param answers receives the error of a publisher that fails
	 */
	ReplySubscriber(ReplyStream replies, Executor callbacks, HandlerAnswers answers) {
		this.replies = replies;
		this.callbacks = callbacks;
		this.answers = answers;
	}

	/**
	 * Returns a stage that completes when everything is sent, exceptionally if the
	 * publisher failed or was cancelled.
	 */
	CompletionStage<@Nullable Void> done() {
		return this.done;
	}

	@Override
	public Context currentContext() {
		return Context.of(PropagatedContext.KEY, this.replies.call());
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		Objects.requireNonNull(subscription);
		if (accept(subscription)) {
			requestNext();
		}
		else {
			subscription.cancel();
		}
	}

	private synchronized boolean accept(Subscription subscription) {
		if (this.publisher != null || this.over) {
			return false;
		}
		this.publisher = subscription;
		return true;
	}

	private void requestNext() {
		Subscription asked = beginRequest();
		if (asked != null) {
			asked.request(1);
		}
	}

	private synchronized @Nullable Subscription beginRequest() {
		if (this.over || this.termination != null) {
			return null;
		}
		this.requested = true;
		return this.publisher;
	}

	@Override
	public void onNext(Object element) {
		Objects.requireNonNull(element);
		if (endRequest()) {
			send(element);
		}
		else {
			// No effect from the second such element on.
			abort(PublisherEnd.misbehaved(ErrorCode.INTERNAL, NOT_REQUESTED, null));
		}
	}

	private synchronized boolean endRequest() {
		boolean before = this.requested;
		this.requested = false;
		return before && !this.over && this.termination == null;
	}

	private void send(Object element) {
		CompletionStage<?> sent;
		try {
			sent = this.replies.send(element);
		}
		catch (Throwable ex) {
			failed(ex);
			return;
		}
		if (sent == null) {
			requestNext();
			return;
		}
		beginWaiting();
		CompletionStage<?> unused = sent.whenComplete((left, error) -> this.callbacks.execute(() -> left(error)));
	}

	private synchronized void beginWaiting() {
		this.waiting = true;
		this.delayed = true;
	}

	/**
	 * Continues after the waiting element was sent or failed.
	 */
	private void left(@Nullable Throwable error) {
		PublisherEnd ended = endWaiting();
		if (error != null) {
			failed((error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error);
		}
		else if (ended != null) {
			finish(ended);
		}
		else {
			requestNext();
		}
	}

	private synchronized @Nullable PublisherEnd endWaiting() {
		this.waiting = false;
		return this.termination;
	}

	@Override
	public void onError(Throwable error) {
		Objects.requireNonNull(error);
		PublisherEnd ended = isOverflow(error)
				? PublisherEnd.misbehaved(ErrorCode.RESOURCE_EXHAUSTED, OVERFLOW + error.getMessage(), error)
				: PublisherEnd.of(error);
		if (terminate(ended) == Finish.NOW) {
			finish(ended);
		}
	}

	/**
	 * Returns whether the publisher overflowed because it did not wait for credit. An
	 * overflow while there was credit has causes in the publisher itself.
	 */
	private synchronized boolean isOverflow(Throwable error) {
		return this.delayed && Exceptions.isOverflow(error);
	}

	@Override
	public void onComplete() {
		PublisherEnd ended = PublisherEnd.ORDINARY;
		if (terminate(ended) == Finish.NOW) {
			finish(ended);
		}
	}

	/**
	 * Stops accepting elements.
	 * @return when the caller has to end the stream
	 */
	private synchronized Finish terminate(PublisherEnd ended) {
		if (this.over || this.termination != null) {
			return Finish.NEVER;
		}
		this.termination = ended;
		return this.waiting ? Finish.LATER : Finish.NOW;
	}

	/**
	 * Handles an element that could not be sent.
	 */
	private void failed(Throwable error) {
		if (error instanceof ConnectionLostException || error instanceof StreamResetException) {
			cancelled();
		}
		else {
			abort(PublisherEnd.of(error));
		}
	}

	/**
	 * Cancels the publisher and ends the stream.
	 */
	private void abort(PublisherEnd ended) {
		Finish finish = terminate(ended);
		if (finish != Finish.NEVER) {
			cancelPublisher();
		}
		if (finish == Finish.NOW) {
			finish(ended);
		}
	}

	/**
	 * Ends the stream, after the error if there is one.
	 */
	private void finish(PublisherEnd ended) {
		CompletionStage<?> told = (ended.error() != null) ? tell(ended.error(), ended.misbehaved()) : null;
		if (told == null) {
			close(ended.error());
		}
		else {
			CompletionStage<?> unused = told
				.whenComplete((left, failure) -> this.callbacks.execute(() -> close(ended.error())));
		}
	}

	private @Nullable CompletionStage<?> tell(Throwable error, boolean misbehaved) {
		if (misbehaved) {
			this.answers.misbehaved(error);
		}
		else {
			this.answers.failed(error);
		}
		try {
			return this.replies.send(error);
		}
		catch (AdaptiveException ex) {
			// The stream has ended in the meantime.
			return null;
		}
	}

	private void close(@Nullable Throwable error) {
		if (end()) {
			this.replies.close();
			complete(error);
		}
	}

	private synchronized boolean end() {
		boolean first = !this.over;
		this.over = true;
		return first;
	}

	/**
	 * Cancels the publisher and the calls made for its replies, after the peer has ended
	 * the stream. Called on a thread that may call the publisher.
	 */
	void cancelled() {
		if (!end()) {
			return;
		}
		PublisherEnd ended = this.termination;
		if (ended == null) {
			cancelPublisher();
			this.replies.cancelCalls();
		}
		Throwable error = (ended != null) ? ended.error() : null;
		complete((error != null) ? error : new CancellationException("The peer takes no more replies"));
	}

	private void cancelPublisher() {
		Subscription running = this.publisher;
		if (running != null) {
			running.cancel();
		}
	}

	private void complete(@Nullable Throwable error) {
		if (error != null) {
			this.done.completeExceptionally(error);
		}
		else {
			this.done.complete(null);
		}
	}

	/**
	 * The moment at which the end of the publisher ends the stream.
	 */
	private enum Finish {

		/** Not at all: the publisher had ended before. */
		NEVER,

		/** After the waiting element is sent. */
		LATER,

		/** Immediately. */
		NOW

	}

}
