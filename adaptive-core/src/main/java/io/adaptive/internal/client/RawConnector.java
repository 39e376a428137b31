package io.adaptive.internal.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.raw.RawConnection;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import io.adaptive.stream.CallContext;

/**
 * Opens raw connections, with one attempt each.
 *
 * @param context the parts of the node
 */
record RawConnector(ClientContext context) {

	private static final ErrorInfo TOO_LATE = new ErrorInfo(ErrorCode.CANCELLED, "connected too late");

	RawConnection connect(Endpoint endpoint, ServiceName service, Duration timeout) {
		return open(service + "@" + endpoint, timeout,
				(acceptor) -> this.context.dialer().dial(endpoint, service, acceptor));
	}

	RawConnection connect(ServiceInstance instance, Duration timeout) {
		return open(instance.toString(), timeout, (acceptor) -> this.context.dialer().dial(instance, acceptor));
	}

	private RawConnection open(String target, Duration timeout, Function<LinkAcceptor, CompletableFuture<Link>> dial) {
		RawOpening opening = new RawOpening(this.context.callbacks(), this.context.connections());
		CompletableFuture<Link> link = dial.apply(opening);
		try {
			await(link, target, timeout);
			link.join();
			return opening.connection();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof ConnectionRefusedException refused) {
				throw new ConnectionRefusedException(refused.code(), String.valueOf(refused.getMessage()));
			}
			throw new AdaptiveException(ErrorCode.INTERNAL, Delivery.NOT_SENT, "Cannot connect to " + target,
					ex.getCause());
		}
		catch (InterruptedException ex) {
			abandon(link, opening);
			Thread.currentThread().interrupt();
			throw new AdaptiveException(ErrorCode.CANCELLED, Delivery.NOT_SENT,
					"Interrupted while connecting to " + target, ex);
		}
		catch (AdaptiveException ex) {
			abandon(link, opening);
			throw ex;
		}
	}

	private void await(CompletableFuture<Link> link, String target, Duration timeout) throws InterruptedException {
		long start = this.context.clock().nanoTime();
		Semaphore done = new Semaphore(0);
		CompletableFuture<?> unused = link.whenComplete((opened, error) -> done.release());
		CallContext.Binding bound = PropagatedContext.onCancel(done::release);
		try {
			while (!link.isDone()) {
				PropagatedContext.checkCancelled();
				long left = timeout.toNanos() - (this.context.clock().nanoTime() - start);
				if (!this.context.clock().await(done, left) && !link.isDone()) {
					throw DialWait.noAnswer(target, timeout);
				}
			}
		}
		finally {
			bound.close();
		}
	}

	private static void abandon(CompletableFuture<Link> link, RawOpening opening) {
		CompletableFuture<?> unused = link.thenAccept((late) -> opening.connection().close(TOO_LATE));
	}

}
