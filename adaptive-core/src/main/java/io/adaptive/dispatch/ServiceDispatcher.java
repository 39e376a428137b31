package io.adaptive.dispatch;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Priority;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.StreamResetException;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.IncomingMessage;
import io.adaptive.stream.MessageDispatcher;
import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the messages of one service to its handlers: on the node's workers or, for
 * handlers that never wait, where they arrive.
 */
public final class ServiceDispatcher implements MessageDispatcher {

	private static final Logger logger = LoggerFactory.getLogger(ServiceDispatcher.class);

	/** What a caller is told to wait whose message was shed. */
	private static final Duration RETRY_AFTER = Duration.ofMillis(100);

	/** A full pool must still be able to say so. */
	private static final HandlerOptions ABOUT_WORKERS = HandlerOptions.DEFAULT.priority(Priority.HIGH).asNonBlocking();

	private final ServiceName service;

	private final HandlerTable handlers;

	private final boolean ordered;

	private final WorkerPool workers;

	private final HookRunner hooks;

	private final InFlight inFlight = new InFlight();

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
		this.handlers = handlers.with(WorkerQuery.class, (query) -> workers.statistics())
			.with(WorkerQuery.class, ABOUT_WORKERS);
		this.ordered = ordered;
		this.workers = workers;
		this.hooks = new HookRunner(hooks, (hook) -> workers.execute(Priority.NORMAL, hook));
	}

	@Override
	public boolean dispatch(IncomingMessage message) {
		KnownMessage<?> known = this.handlers.find(message.payload().typeName());
		if (known == null) {
			return false;
		}
		KnownMessage.Invocation invocation = known.prepare(message);
		HandlerOptions options = known.options();
		this.inFlight.enter();
		if (this.ordered) {
			message.inOrder((next) -> submit(message, invocation, options, () -> {
				this.inFlight.leave();
				next.run();
			}));
		}
		else {
			submit(message, invocation, options, this.inFlight::leave);
		}
		return true;
	}

	private void submit(IncomingMessage message, KnownMessage.Invocation invocation, HandlerOptions options,
			Runnable done) {
		if (options.nonBlocking() && mayRunHere(message, options.priority())) {
			handle(message, invocation, done);
			return;
		}
		try {
			this.workers.execute(options.priority(), () -> handle(message, invocation, done));
		}
		catch (MailboxFullException ex) {
			message.refuse(new ErrorInfo(ErrorCode.RESOURCE_EXHAUSTED, String.valueOf(ex.getMessage()), "", "",
					Delivery.NOT_PROCESSED, RETRY_AFTER));
			done.run();
		}
		catch (RejectedExecutionException ex) {
			message.refuse(new ErrorInfo(ErrorCode.UNAVAILABLE, "service %s is stopping".formatted(this.service)));
			done.run();
		}
	}

	/**
	 * Nobody is overtaken; and within a process the thread that runs the handler is its
	 * caller's, who waits for it anyway.
	 */
	private boolean mayRunHere(IncomingMessage message, Priority priority) {
		return (message.scope() != Scope.PROCESS || message.isCall()) && !this.workers.hasWaiting(priority);
	}

	private void handle(IncomingMessage message, KnownMessage.Invocation invocation, Runnable done) {
		CallContext.Binding bound = CallContext.bind(message.context());
		CompletionStage<?> later = null;
		try {
			this.hooks.ensureOpened(message.streamContext());
			if (message.start()) {
				later = invoke(message, invocation);
			}
		}
		finally {
			bound.close();
			if (later != null) {
				later.whenComplete((value, error) -> done.run());
			}
			else {
				done.run();
			}
		}
	}

	private @Nullable CompletionStage<?> invoke(IncomingMessage message, KnownMessage.Invocation invocation) {
		Callable<@Nullable Object> handler;
		try {
			handler = invocation.decode();
		}
		catch (AdaptiveException ex) {
			message.refuse(ErrorInfo.of(ex, ""));
			return null;
		}
		try {
			Object result = handler.call();
			CompletionStage<?> later = HandlerResult.later(result, message, this::answer);
			if (later == null) {
				answer(message, result);
			}
			return later;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			answer(message, ex);
		}
		// Whatever a handler throws, its caller must not be left waiting.
		catch (Throwable ex) {
			answer(message, ex);
		}
		return null;
	}

	private void answer(IncomingMessage message, @Nullable Object result) {
		if (result instanceof Throwable error && !(error instanceof AdaptiveException)) {
			// Its stack trace does not travel, and would be lost.
			logger.warn("handler failed service={} message={}", this.service, message.payload().typeName(), error);
		}
		try {
			message.answer(result);
		}
		catch (ConnectionLostException | StreamResetException ex) {
			logger.debug("answer not sent service={} message={}: {}", this.service, message, ex.getMessage());
		}
		catch (AdaptiveException ex) {
			if (result instanceof Throwable) {
				throw ex;
			}
			answer(message, ex);
		}
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
		this.hooks.streamClosed(stream);
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
