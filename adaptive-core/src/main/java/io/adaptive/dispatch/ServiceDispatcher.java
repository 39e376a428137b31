package io.adaptive.dispatch;

import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceName;
import io.adaptive.message.StreamResetException;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.IncomingMessage;
import io.adaptive.stream.MessageDispatcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the messages of one service to its handlers, on the node's workers.
 */
public final class ServiceDispatcher implements MessageDispatcher {

	private static final Logger logger = LoggerFactory.getLogger(ServiceDispatcher.class);

	private final ServiceName service;

	private final HandlerTable handlers;

	private final WorkerPool workers;

	private final InFlight inFlight = new InFlight();

	/**
	 * Makes the dispatcher of a service.
	 * @param service the service
	 * @param handlers its handlers
	 * @param workers who runs them
	 */
	public ServiceDispatcher(ServiceName service, HandlerTable handlers, WorkerPool workers) {
		this.service = service;
		this.handlers = handlers;
		this.workers = workers;
	}

	@Override
	public boolean dispatch(IncomingMessage message) {
		KnownMessage<?> known = this.handlers.find(message.payload().typeName());
		if (known == null) {
			return false;
		}
		KnownMessage.Invocation invocation = known.prepare(message);
		this.inFlight.enter();
		try {
			this.workers.execute(() -> handle(message, invocation));
		}
		catch (RejectedExecutionException ex) {
			this.inFlight.leave();
			message.refuse(new AdaptiveException(ErrorCode.UNAVAILABLE, Delivery.NOT_PROCESSED,
					"Service %s is stopping".formatted(this.service), ex));
		}
		return true;
	}

	private void handle(IncomingMessage message, KnownMessage.Invocation invocation) {
		CallContext.Binding bound = CallContext.bind(message.context());
		try {
			if (message.start()) {
				invoke(message, invocation);
			}
		}
		finally {
			bound.close();
			this.inFlight.leave();
		}
	}

	private void invoke(IncomingMessage message, KnownMessage.Invocation invocation) {
		Callable<@Nullable Object> handler;
		try {
			handler = invocation.decode();
		}
		catch (AdaptiveException ex) {
			message.refuse(ex);
			return;
		}
		try {
			answer(message, handler.call());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			answer(message, ex);
		}
		// Whatever a handler throws, its caller must not be left waiting.
		catch (Throwable ex) {
			logFailure(message, ex);
			answer(message, ex);
		}
	}

	private void logFailure(IncomingMessage message, Throwable error) {
		// An AdaptiveException is a deliberate answer; of anything else the stack trace
		// must
		// not be lost, since it never travels.
		if (!(error instanceof AdaptiveException)) {
			logger.warn("handler failed service={} message={}", this.service, message.payload().typeName(), error);
		}
	}

	private void answer(IncomingMessage message, @Nullable Object result) {
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
