package io.adaptive.internal.dispatch;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.stream.IncomingMessage;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.CallerContext;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Priority;
import io.adaptive.message.StreamResetException;
import io.adaptive.message.WorkerQuery;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.MessageObserver;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way through its handler: decode, handle, answer. Runs on a worker or
 * on the thread of its arrival.
 *
 * @param <M> the message's type
 */
final class MessageTask<M> implements Runnable, HandlerResult.Answers {

	private static final KeyValueLogger logger = KeyValueLogger.of(ServiceDispatcher.class);

	/** Maximum depth of the search through the causes of an error. */
	private static final int MAX_CAUSES = 16;

	private final ServiceDispatcher dispatcher;

	private final IncomingMessage message;

	private final KnownMessage<M> known;

	/** Releases the next message of an ordered stream. */
	private @Nullable Runnable next;

	private @Nullable Observed observed;

	/**
	 * Whether the task runs on the thread of the message's arrival instead of on a
	 * worker.
	 */
	private boolean here;

	/**
	 * Whether the handler was interrupted by its caller; the interrupt flag is already
	 * cleared.
	 */
	private boolean interruptedByCaller;

	MessageTask(ServiceDispatcher dispatcher, IncomingMessage message, KnownMessage<M> known) {
		this.dispatcher = dispatcher;
		this.message = message;
		this.known = known;
	}

	IncomingMessage message() {
		return this.message;
	}

	Priority priority() {
		Priority declared = this.known.options().priority();
		Priority wanted = this.message.priority();
		return (declared == Priority.NORMAL && wanted != null) ? wanted : declared;
	}

	boolean isNonBlocking() {
		return this.known.options().nonBlocking();
	}

	boolean isAboutWorkers() {
		return this.known.type().javaType() == WorkerQuery.class;
	}

	/**
	 * Returns whether the message can be decoded without generating code.
	 */
	boolean isReady() {
		return this.message.payload().isReady(this.known.type());
	}

	/**
	 * Runs on the thread of the message's arrival instead of on a worker.
	 */
	void runHere() {
		this.here = true;
		run();
	}

	/**
	 * Drops the message, since its node is closed.
	 */
	void drop() {
		this.message.drop();
	}

	void whenDone(Runnable next) {
		this.next = next;
	}

	@Override
	public void run() {
		try {
			runInContext();
		}
		// No exception on the way leaves the caller waiting.
		catch (Throwable ex) {
			answer(ex);
		}
	}

	private void runInContext() {
		CallContext.Binding bound = PropagatedContext.bind(this.message.context(null));
		CompletionStage<?> later = null;
		try {
			this.dispatcher.hooks().ensureOpened(this.message.streamContext());
			if (this.message.start()) {
				later = handleInContext();
			}
		}
		finally {
			bound.close();
			if (later != null) {
				later.whenComplete((value, error) -> {
					if (error != null) {
						noteOutcome(error);
					}
					done();
				});
			}
			else {
				done();
			}
		}
	}

	/**
	 * Runs the handler with the thread context of its caller. Changes of the handler do
	 * not reach the caller.
	 */
	private @Nullable CompletionStage<?> handleInContext() {
		CallerContext.Captured caller = this.message.payload().callerContext();
		if (caller == null) {
			return handle();
		}
		Runnable before;
		try {
			before = caller.restore();
		}
		// Application code, too: the caller must not be left waiting.
		catch (Throwable ex) {
			answer(ex);
			return null;
		}
		try {
			return handle();
		}
		finally {
			giveBack(before);
		}
	}

	/**
	 * Restores the thread's own context. A failure is logged and does not change the
	 * answer.
	 */
	private void giveBack(Runnable before) {
		try {
			before.run();
		}
		catch (Throwable ex) {
			logger.warn("thread context not restored service={} message={}", this.dispatcher.service(),
					this.message.payload().typeName(), ex);
		}
	}

	/**
	 * Notifies the observer from before the message is decoded until it is answered.
	 */
	private @Nullable CompletionStage<?> handle() {
		MessageObserver.Handling handling = this.message.observe();
		if (handling == null) {
			return decodeAndHandle();
		}
		this.observed = new Observed(handling);
		CallContext.Binding bound = PropagatedContext.bind(this.message.context(handling));
		try {
			return handleOpened(handling.open());
		}
		finally {
			bound.close();
		}
	}

	private @Nullable CompletionStage<?> handleOpened(Runnable returned) {
		try {
			return decodeAndHandle();
		}
		finally {
			returned.run();
		}
	}

	private @Nullable CompletionStage<?> decodeAndHandle() {
		M decoded;
		try {
			decoded = this.message.payload().decode(this.known.type());
		}
		// A constructor may throw anything.
		catch (Throwable ex) {
			noteOutcome(ex);
			ErrorInfo error = ErrorInfo.of(ex, "");
			this.dispatcher.failures()
				.undecodable(this.message.payload().typeName(), this.message.payload().size(), error.code());
			refuse(error);
			endIfOutOfMemory(ex);
			return null;
		}
		try {
			this.message.decoded(decoded);
			Object result = HandlerResult.content(callHandler(decoded));
			CompletionStage<?> later = HandlerResult.later(result, this.message, this.dispatcher.callbacks(), this);
			return (later != null) ? later : answerNow(result);
		}
		catch (InterruptedException ex) {
			if (!this.interruptedByCaller) {
				Thread.currentThread().interrupt();
			}
			answer(ex);
		}
		// No exception of a handler leaves its caller waiting.
		catch (Throwable ex) {
			answer(ex);
		}
		return null;
	}

	/**
	 * Answers on this thread or, where code has to be generated for the reply, on a
	 * callback thread.
	 * @return completes when a callback thread has answered, {@code null} if the answer
	 * is already sent
	 */
	private @Nullable CompletionStage<?> answerNow(@Nullable Object result) {
		if (!this.here || this.message.isReady(result)) {
			answer(result);
			return null;
		}
		return CompletableFuture.runAsync(() -> answer(result), this.dispatcher.callbacks()).exceptionally((ex) -> {
			answer(ex);
			return null;
		});
	}

	private @Nullable Object callHandler(M decoded) throws Exception {
		if (!this.known.options().interruptible()) {
			return this.known.handle(decoded, this.message);
		}
		InterruptibleHandlers interruptible = this.dispatcher.interruptible();
		HandlerInterrupt interrupt = new HandlerInterrupt();
		try {
			interruptible.begin(this.message, interrupt);
			return this.known.handle(decoded, this.message);
		}
		finally {
			this.interruptedByCaller = interruptible.end(this.message, interrupt);
		}
	}

	@Override
	public void failed(Throwable error) {
		if (!isExpected(error)) {
			// Its stack trace does not travel to the caller and would be lost.
			this.dispatcher.failures().failed(this.message.payload().typeName(), error);
		}
	}

	@Override
	public void misbehaved(Throwable error) {
		this.dispatcher.failures().misbehaved(this.message.payload().typeName(), String.valueOf(error.getMessage()));
	}

	@Override
	public void answer(@Nullable Object result) {
		if (result instanceof Throwable error) {
			failed(error);
		}
		noteOutcome((result instanceof Throwable error) ? error : null);
		try {
			this.message.answer(result);
		}
		catch (ConnectionLostException | StreamResetException ex) {
			noteOutcome(ex);
			logger.trace("answer not sent service={} message={} reason=\"{}\"", this.dispatcher.service(), this.message,
					ex.getMessage());
		}
		// The reply cannot be encoded, a step that may run application code.
		catch (Throwable ex) {
			if (result instanceof Throwable) {
				throw ex;
			}
			answer(ex);
		}
		if (result instanceof Throwable error) {
			endIfOutOfMemory(error);
		}
	}

	/**
	 * Closes the connection whose message exhausted the memory of this process. Its
	 * waiting messages are freed with it.
	 */
	private void endIfOutOfMemory(Throwable error) {
		if (error instanceof OutOfMemoryError) {
			this.message.closeConnection(new ErrorInfo(ErrorCode.RESOURCE_EXHAUSTED,
					"service %s ran out of memory".formatted(this.dispatcher.service())));
		}
	}

	/**
	 * Returns whether an error needs no stack trace in the log: it is an
	 * {@link AdaptiveException}, which is complete without it, or it ends work that the
	 * caller has cancelled.
	 */
	private boolean isExpected(Throwable error) {
		return error instanceof AdaptiveException || cancellation(error) != null;
	}

	/**
	 * Returns the cancellation within an error of work that the caller has cancelled,
	 * {@code null} if there is none. A wait for a future or a publisher wraps it.
	 */
	private @Nullable Throwable cancellation(Throwable error) {
		if (!this.message.isCancelled()) {
			return null;
		}
		Throwable cause = error;
		for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
			if (cause instanceof CancellationException
					|| (cause instanceof AdaptiveException adaptive && adaptive.code() == ErrorCode.CANCELLED)) {
				return cause;
			}
			if (cause instanceof InterruptedException && this.interruptedByCaller) {
				return new CancellationException("Interrupted, since the caller has given up");
			}
			cause = cause.getCause();
		}
		return null;
	}

	/**
	 * Refuses the message before its handler runs.
	 */
	void refuse(ErrorInfo reason) {
		this.message.refuse(reason);
	}

	private void noteOutcome(@Nullable Throwable error) {
		if (this.observed != null) {
			Throwable cancellation = (error != null) ? cancellation(error) : null;
			this.observed.error = (cancellation != null) ? cancellation : error;
		}
	}

	void done() {
		try {
			if (this.observed != null) {
				this.observed.handling.ended(outcome(this.observed));
			}
		}
		finally {
			left();
		}
	}

	/**
	 * Returns the outcome for the observer. A handler may have returned normally after
	 * its caller gave up.
	 */
	private @Nullable Throwable outcome(Observed observed) {
		return (observed.error == null && this.message.isGivenUp())
				? new CancellationException("The caller has given up") : observed.error;
	}

	private void left() {
		this.message.handlerDone();
		this.dispatcher.left();
		if (this.next != null) {
			this.next.run();
		}
	}

	/**
	 * The outcome to report to the observer of the message.
	 */
	private static final class Observed {

		private final MessageObserver.Handling handling;

		private @Nullable Throwable error;

		Observed(MessageObserver.Handling handling) {
			this.handling = handling;
		}

	}

}
