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
 * A message on its way through its handler, whatever thread that runs on: decode, handle,
 * answer.
 *
 * @param <M> the message's type
 */
final class MessageTask<M> implements Runnable, HandlerResult.Answers {

	private static final KeyValueLogger logger = KeyValueLogger.of(ServiceDispatcher.class);

	/** An error is not looked through any deeper. */
	private static final int MAX_CAUSES = 16;

	private final ServiceDispatcher dispatcher;

	private final IncomingMessage message;

	private final KnownMessage<M> known;

	/** Lets the next message of an ordered stream go. */
	private @Nullable Runnable next;

	private @Nullable Observed observed;

	/** Runs where the message arrived, instead of on a worker. */
	private boolean here;

	/** The flag of the thread is taken back already. */
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
	 * Tells whether no code has to be generated to decode the message.
	 */
	boolean isReady() {
		return this.message.payload().isReady(this.known.type());
	}

	/**
	 * Runs where the message arrived, instead of on a worker.
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
		// Nothing that is thrown on the way leaves the caller waiting.
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
	 * Lets the handler see what its caller carries, and its caller nothing of what the
	 * handler makes of it.
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
		// User code too: the caller must not be left waiting.
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
	 * Gives the thread back what it had. The answer stands, even if that fails.
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
	 * Lets the observer see the message from before it is decoded until it is answered.
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
			Object result = callHandler(decoded);
			CompletionStage<?> later = HandlerResult.later(result, this.message, this.dispatcher.callbacks(), this);
			return (later != null) ? later : answerNow(result);
		}
		catch (InterruptedException ex) {
			if (!this.interruptedByCaller) {
				Thread.currentThread().interrupt();
			}
			answer(ex);
		}
		// Whatever a handler throws, its caller must not be left waiting.
		catch (Throwable ex) {
			answer(ex);
		}
		return null;
	}

	/**
	 * Answers here or, where code has to be generated for the reply, on a thread that may
	 * take its time.
	 * @return completes when another thread has answered, {@code null} if that is done
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
			// Its stack trace does not travel, and would be lost.
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
		// The reply cannot be encoded, which may be user code.
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
	 * Ends the connection whose message was too much for the memory of this program. What
	 * waits there is freed with it.
	 */
	private void endIfOutOfMemory(Throwable error) {
		if (error instanceof OutOfMemoryError) {
			this.message.closeConnection(new ErrorInfo(ErrorCode.RESOURCE_EXHAUSTED,
					"service %s ran out of memory".formatted(this.dispatcher.service())));
		}
	}

	/**
	 * Tells whether an error says all by itself, or is that of work whose caller has
	 * cancelled it.
	 */
	private boolean isExpected(Throwable error) {
		return error instanceof AdaptiveException || cancellation(error) != null;
	}

	/**
	 * Returns what in an error is the end of work whose caller has cancelled it: a wait
	 * for a future or a publisher wraps it.
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
	 * Refuses the message before its handler saw it.
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
	 * A handler may have returned as usual after its caller gave up.
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
	 * What the observer of the message will be told.
	 */
	private static final class Observed {

		private final MessageObserver.Handling handling;

		private @Nullable Throwable error;

		Observed(MessageObserver.Handling handling) {
			this.handling = handling;
		}

	}

}
