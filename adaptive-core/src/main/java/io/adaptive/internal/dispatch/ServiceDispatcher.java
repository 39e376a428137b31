package io.adaptive.internal.dispatch;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.adaptive.handler.HandlerOptions;
import io.adaptive.internal.stream.IncomingMessage;
import io.adaptive.internal.stream.MessageDispatcher;
import io.adaptive.message.CallerContext;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageType;
import io.adaptive.message.Priority;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.WorkerQuery;
import io.adaptive.raw.RawConnection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Takes the messages of one service to its handlers: on the node's workers or, for
 * handlers that never wait, where they arrive.
 */
public final class ServiceDispatcher implements MessageDispatcher {

	/** What a caller is told to wait whose message was shed. */
	private static final Duration RETRY_AFTER = Duration.ofMillis(100);

	private static final HandlerOptions ABOUT_WORKERS = HandlerOptions.DEFAULT.priority(Priority.HIGH).asNonBlocking();

	/** In bytes; about what is decoded while a thread would be woken. */
	private static final int LARGEST_HERE = 64 * 1024;

	private final ServiceName service;

	private final HandlerTable handlers;

	private final boolean ordered;

	private final WorkerPool workers;

	private final Executor executor;

	private final HookRunner hooks;

	private final InFlight inFlight = new InFlight();

	private final FailureLog failures;

	private final InterruptibleHandlers interruptible = new InterruptibleHandlers();

	/**
	 * Makes the dispatcher of a service.
	 * @param service the service
	 * @param handlers its handlers
	 * @param hooks what it wants to be told
	 * @param ordered whether the handlers of one stream run one after the other
	 * @param workers who runs them
	 */
	public ServiceDispatcher(ServiceName service, HandlerTable handlers, ServiceHooks hooks, boolean ordered,
			WorkerPool workers) {
		this.service = service;
		this.failures = new FailureLog(service, System::nanoTime);
		this.handlers = handlers.with(MessageType.of(WorkerQuery.class), (query) -> workers.statistics())
			.with(MessageType.of(WorkerQuery.class), ABOUT_WORKERS);
		this.ordered = ordered;
		this.workers = workers;
		this.executor = (work) -> workers.executeInAnyCase(Priority.NORMAL, work);
		this.hooks = new HookRunner(hooks, this.executor);
	}

	@Override
	public boolean dispatch(IncomingMessage message) {
		KnownMessage<?> known = this.handlers.find(message.payload().typeName());
		if (known == null) {
			return false;
		}
		known.prepare(message);
		MessageTask<?> task = new MessageTask<>(this, message, known);
		this.inFlight.enter();
		if (this.ordered) {
			// It waits for those before it, and its stream's credit bounds how many do.
			message.begun();
			message.inOrder((next) -> {
				task.whenDone(next);
				submit(task);
			});
		}
		else {
			submit(task);
		}
		return true;
	}

	/**
	 * Hands a raw connection to the service's hook, on a worker. It counts as being
	 * handled until the hook returns.
	 * @param connection the connection, which is closed if the hook fails
	 * @param hook the hook
	 */
	public void handle(RawConnection connection, Consumer<RawConnection> hook) {
		this.inFlight.enter();
		this.executor.execute(() -> {
			try {
				hook.accept(connection);
			}
			// The code of a user; the peer must not be left waiting.
			catch (Throwable ex) {
				this.failures.failed("raw connection", ex);
				connection.close(new ErrorInfo(ErrorCode.INTERNAL, ex.toString()));
			}
			finally {
				left();
			}
		});
	}

	private void submit(MessageTask<?> task) {
		if (task.isNonBlocking() && mayRunHere(task.message(), task.priority())) {
			if (task.isReady()) {
				runHere(task::runHere);
				return;
			}
			if (task.isAboutWorkers()) {
				// A full pool must still be able to say so.
				callbacks().execute(task);
				return;
			}
		}
		try {
			Priority priority = task.priority();
			this.workers.handle(priority, task, task.message().queue(priority));
		}
		catch (MailboxFullException ex) {
			task.refuse(new ErrorInfo(ErrorCode.RESOURCE_EXHAUSTED, String.valueOf(ex.getMessage()), "", "",
					Delivery.NOT_PROCESSED, RETRY_AFTER));
			task.done();
		}
		catch (RejectedExecutionException ex) {
			task.refuse(new ErrorInfo(ErrorCode.UNAVAILABLE, "service %s is stopping".formatted(this.service)));
			task.done();
		}
	}

	/**
	 * Where code has to be generated for the message, a worker does that as well. The
	 * stream's opening hook is done, so that no thread but a worker waits for it; nobody
	 * is overtaken; within a process the thread that runs the handler is its caller's,
	 * who waits for it anyway; and decoding a large message is itself work that an event
	 * loop must not do.
	 */
	private boolean mayRunHere(IncomingMessage message, Priority priority) {
		boolean here = (message.scope() == Scope.PROCESS) ? isLent(message) : message.payload().size() <= LARGEST_HERE;
		return here && this.hooks.isOpened(message.streamContext()) && !this.workers.hasWaiting(priority);
	}

	/**
	 * Leaves nothing of what the handler puts into the context of logging to the next one
	 * that runs on this thread, which is an event loop's or a caller's.
	 */
	private void runHere(Runnable task) {
		Map<String, String> before = MDC.getCopyOfContextMap();
		try {
			this.workers.runCallbacks(task);
		}
		finally {
			if (before != null) {
				MDC.setContextMap(before);
			}
			else if (MDC.getCopyOfContextMap() != null) {
				MDC.clear();
			}
		}
	}

	private static boolean isLent(IncomingMessage message) {
		CallerContext.Captured caller = message.payload().callerContext();
		return message.isCall() && (caller == null || !caller.isThreadTaken());
	}

	ServiceName service() {
		return this.service;
	}

	FailureLog failures() {
		return this.failures;
	}

	InterruptibleHandlers interruptible() {
		return this.interruptible;
	}

	HookRunner hooks() {
		return this.hooks;
	}

	/**
	 * Returns who goes on with what a handler has begun, and cancels it. That is none of
	 * the workers, all of which may wait for it.
	 */
	Executor callbacks() {
		return this.workers.callbacks();
	}

	/**
	 * A message has been handled.
	 */
	void left() {
		this.inFlight.leave();
	}

	@Override
	public @Nullable CompletionStage<?> admit(ConnectionInfo connection) {
		// A handler that connects to its own pool must not wait for another worker.
		return this.hooks.admit(connection, CallbackThread.isOf(this.workers) ? Runnable::run : this.executor);
	}

	@Override
	public void connected(ConnectionInfo connection) {
		this.hooks.connected(connection);
	}

	@Override
	public void disconnected(ConnectionInfo connection, ErrorInfo cause) {
		this.hooks.disconnected(connection, cause);
	}

	@Override
	public void streamOpened(StreamContext stream) {
		this.hooks.streamOpened(stream);
	}

	@Override
	public void streamClosed(StreamContext stream) {
		this.interruptible.streamClosed(stream);
		this.hooks.streamClosed(stream);
	}

	/**
	 * Counts the messages that were taken and are not handled yet.
	 * @return their number, of about this moment
	 */
	public long inFlight() {
		return this.inFlight.count();
	}

	/**
	 * Waits until every message taken so far has been handled.
	 * @param timeoutNanos how long to wait, in nanoseconds
	 * @return how many are still being handled when the time is up
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public long drain(long timeoutNanos) throws InterruptedException {
		return this.inFlight.await(timeoutNanos);
	}

}
