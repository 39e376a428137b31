package io.adaptive.internal.dispatch;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.adaptive.handler.HandlerOptions;
import io.adaptive.internal.message.ContextLoader;
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
 * Dispatches the messages of one service to its handlers: on the node's workers or, for
 * non-blocking handlers, on the thread of their arrival.
 */
public final class ServiceDispatcher implements MessageDispatcher {

	/** Retry delay sent to the caller of a message that was shed. */
	private static final Duration RETRY_AFTER = Duration.ofMillis(100);

	private static final HandlerOptions ABOUT_WORKERS = HandlerOptions.DEFAULT.priority(Priority.HIGH).asNonBlocking();

	/**
	 * Size limit for decoding on the thread of arrival, in bytes: decoding that much
	 * takes about as long as waking a thread.
	 */
	private static final int LARGEST_HERE = 64 * 1024;

	private final HandlerTable handlers;

	private final ContextLoader loader = ContextLoader.current();

	private final boolean ordered;

	private final WorkerPool workers;

	private final Executor executor;

	private final ServiceParts parts;

	/**
	 * Creates the dispatcher of a service.
	 * @param service the service
	 * @param handlers its handlers
	 * @param hooks its hooks
	 * @param ordered whether the handlers of one stream run one after the other
	 * @param workers the pool that runs them
	 */
	public ServiceDispatcher(ServiceName service, HandlerTable handlers, ServiceHooks hooks, boolean ordered,
			WorkerPool workers) {
		this.handlers = handlers.with(MessageType.of(WorkerQuery.class), (query) -> workers.statistics())
			.with(MessageType.of(WorkerQuery.class), ABOUT_WORKERS);
		this.ordered = ordered;
		this.workers = workers;
		this.executor = (work) -> workers.executeInAnyCase(Priority.NORMAL, work);
		this.parts = new ServiceParts(service, new HookRunner(hooks, this.executor),
				new FailureLog(service, System::nanoTime), new InterruptibleHandlers(), new InFlight(),
				workers.callbacks());
	}

	@Override
	public boolean dispatch(IncomingMessage message) {
		KnownMessage<?> known = this.handlers.find(message.payload().typeName());
		if (known == null) {
			return false;
		}
		known.prepare(message);
		MessageTask<?> task = new MessageTask<>(this.parts, message, known);
		this.parts.inFlight().enter();
		if (this.ordered) {
			// The message waits for those before it, whose number is bounded by its
			// stream's credit.
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
	 * Passes a raw connection to the service's hook, on a worker. The connection counts
	 * as in flight until the hook returns.
	 * @param connection the connection, which is closed if the hook fails
	 * @param hook the hook
	 */
	public void handle(RawConnection connection, Consumer<RawConnection> hook) {
		this.parts.inFlight().enter();
		this.executor.execute(() -> {
			try {
				hook.accept(connection);
			}
			// Application code; the peer must not be left waiting.
			catch (Throwable ex) {
				this.parts.failures().failed("raw connection", ex);
				connection.close(new ErrorInfo(ErrorCode.INTERNAL, ex.toString()));
			}
			finally {
				this.parts.inFlight().leave();
			}
		});
	}

	private void submit(MessageTask<?> task) {
		if (task.isNonBlocking() && mayRunHere(task.message(), task.priority())) {
			if (task.isReady()) {
				runHere(task.message().scope(), task::runHere);
				return;
			}
			if (task.isAboutWorkers()) {
				// The query must be answered even if the pool is full.
				this.parts.callbacks().execute(task);
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
			task.refuse(new ErrorInfo(ErrorCode.UNAVAILABLE, "service %s is stopping".formatted(this.parts.service())));
			task.done();
		}
	}

	/**
	 * Returns whether a non-blocking handler may run on the thread of the message's
	 * arrival. The stream's opening hook must be done, since only workers may wait for
	 * it, and no waiting message of the same or a higher priority may be overtaken.
	 * Within a process, that thread is the caller's, which waits for the reply anyway.
	 * Otherwise it is an event loop, which must not decode large messages.
	 */
	private boolean mayRunHere(IncomingMessage message, Priority priority) {
		boolean here = (message.scope() == Scope.PROCESS) ? isLent(message) : message.payload().size() <= LARGEST_HERE;
		return here && this.parts.hooks().isOpened(message.streamContext()) && !this.workers.hasWaiting(priority);
	}

	/**
	 * Runs a task on the current thread, an event loop's or a caller's, and restores its
	 * MDC and its context class loader afterwards. Event loops belong to no application,
	 * so they have the context class loader of this one meanwhile.
	 */
	private void runHere(Scope scope, Runnable task) {
		Map<String, String> before = MDC.getCopyOfContextMap();
		try {
			ContextLoader meanwhile = (scope == Scope.PROCESS) ? ContextLoader.current() : this.loader;
			meanwhile.during(() -> this.workers.runCallbacks(task));
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

	@Override
	public @Nullable CompletionStage<?> admit(ConnectionInfo connection) {
		// A handler that connects to its own pool must not wait for another worker.
		return this.parts.hooks().admit(connection, CallbackThread.isOf(this.workers) ? Runnable::run : this.executor);
	}

	@Override
	public void connected(ConnectionInfo connection) {
		this.parts.hooks().connected(connection);
	}

	@Override
	public void disconnected(ConnectionInfo connection, ErrorInfo cause) {
		this.parts.hooks().disconnected(connection, cause);
	}

	@Override
	public void streamOpened(StreamContext stream) {
		this.parts.hooks().streamOpened(stream);
	}

	@Override
	public void streamClosed(StreamContext stream) {
		this.parts.interruptible().streamClosed(stream);
		this.parts.hooks().streamClosed(stream);
	}

	/**
	 * Returns the number of messages that were accepted and are not handled yet.
	 * @return their approximate number
	 */
	public long inFlight() {
		return this.parts.inFlight().count();
	}

	/**
	 * Waits until every message accepted so far has been handled.
	 * @param timeoutNanos the maximum time to wait, in nanoseconds
	 * @return the number of messages still being handled when the time is up
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public long drain(long timeoutNanos) throws InterruptedException {
		return this.parts.inFlight().await(timeoutNanos);
	}

}
