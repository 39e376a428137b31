package io.adaptive.internal.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.stream.IncomingMessage;
import io.adaptive.internal.stream.PropagatedContext;
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
final class MessageTask<M> implements DroppableWork, HandlerAnswers {

	private static final KeyValueLogger logger = KeyValueLogger.of(MessageTask.class);

	private final ServiceParts service;

	private final IncomingMessage message;

	private final KnownMessage<M> known;

	/** Releases the next message of an ordered stream. */
	private @Nullable Runnable next;

	private @Nullable ObservedHandling observed;

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

	MessageTask(ServiceParts service, IncomingMessage message, KnownMessage<M> known) {
		this.service = service;
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

	@Override
	public void drop() {
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
			this.service.hooks().ensureOpened(this.message.streamContext());
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
			logger.warn("thread context not restored service={} message={}", this.service.service(),
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
		this.observed = new ObservedHandling(handling, this.message);
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
			this.service.failures()
				.undecodable(this.message.payload().typeName(), this.message.payload().size(), error.code());
			refuse(error);
			endIfOutOfMemory(ex);
			return null;
		}
		try {
			this.message.decoded(decoded);
			Object result = HandlerResult.content(callHandler(decoded));
			CompletionStage<?> later = HandlerResult.later(result, this.message, this.service.callbacks(), this);
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
		return CompletableFuture.runAsync(() -> answer(result), this.service.callbacks()).exceptionally((ex) -> {
			answer(ex);
			return null;
		});
	}

	private @Nullable Object callHandler(M decoded) throws Exception {
		if (!this.known.options().interruptible()) {
			return this.known.handle(decoded, this.message);
		}
		InterruptibleHandlers interruptible = this.service.interruptible();
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
		if (!ObservedHandling.isExpected(error, this.message, this.interruptedByCaller)) {
			// Its stack trace does not travel to the caller and would be lost.
			this.service.failures().failed(this.message.payload().typeName(), error);
		}
	}

	@Override
	public void misbehaved(Throwable error) {
		this.service.failures().misbehaved(this.message.payload().typeName(), String.valueOf(error.getMessage()));
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
			logger.trace("answer not sent service={} message={} reason=\"{}\"", this.service.service(), this.message,
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
					"service %s ran out of memory".formatted(this.service.service())));
		}
	}

	/** Refuses the message before its handler runs. */
	void refuse(ErrorInfo reason) {
		this.message.refuse(reason);
	}

	private void noteOutcome(@Nullable Throwable error) {
		if (this.observed != null) {
			this.observed.note(error, this.interruptedByCaller);
		}
	}

	void done() {
		try {
			if (this.observed != null) {
				this.observed.end();
			}
		}
		finally {
			left();
		}
	}

	private void left() {
		this.message.handlerDone();
		this.service.inFlight().leave();
		if (this.next != null) {
			this.next.run();
		}
	}

}
