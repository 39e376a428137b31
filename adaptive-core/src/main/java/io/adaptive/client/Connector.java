package io.adaptive.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.adaptive.discovery.Discovery;
import io.adaptive.discovery.DiscoveryClock;
import io.adaptive.discovery.LookupCounters;
import io.adaptive.log.KeyValueLogger;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.CallerContext;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.stream.ConnectionSet;
import io.adaptive.stream.ConnectionTelemetry;
import io.adaptive.stream.MultiplexedConnection;
import io.adaptive.transport.Dialer;
import io.adaptive.transport.Link;
import io.adaptive.transport.LinkAcceptor;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to what was found.
 */
final class Connector {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveClient.class);

	/** An instance that does not answer for so long is passed over. */
	static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final Discovery discovery;

	private final Dialer dialer;

	private final ConnectionSet connections;

	private final Executor callbacks;

	private final ConnectionTelemetry telemetry;

	Connector(Discovery discovery, Dialer dialer, ConnectionSet connections, Executor callbacks,
			ConnectionTelemetry telemetry) {
		this.discovery = discovery;
		this.dialer = dialer;
		this.connections = connections;
		this.callbacks = callbacks;
		this.telemetry = telemetry;
	}

	Connector copying(boolean copying) {
		return new Connector(this.discovery, this.dialer.copying(copying), this.connections, this.callbacks,
				this.telemetry);
	}

	Executor callbacks() {
		return this.callbacks;
	}

	LookupCounters counters() {
		return this.discovery.counters();
	}

	CallerContext callerContext() {
		return this.dialer.callerContext();
	}

	/**
	 * Returns the open connections of this node to an instance.
	 */
	List<MultiplexedConnection> connectionsTo(ServiceInstance instance) {
		return this.connections.all()
			.stream()
			.filter((connection) -> connection.isOpen() && connection.info().peer().equals(instance.instance())
					&& connection.info().service().equals(instance.service()))
			.toList();
	}

	/**
	 * Connects to an address, once.
	 */
	MultiplexedConnection connect(Endpoint endpoint, ServiceName service) {
		return open(service + "@" + endpoint, TIMEOUT, (acceptor) -> this.dialer.dial(endpoint, service, acceptor));
	}

	/**
	 * Connects to an instance, unless it is gone or going, or does not answer. One that
	 * will never understand this program is an error, or its user would wait without
	 * knowing for what.
	 * @param timeLeft how long it may take, {@code null} for no limit
	 */
	Optional<MultiplexedConnection> connect(ServiceInstance instance, @Nullable Duration timeLeft) {
		Duration timeout = (timeLeft != null && timeLeft.compareTo(TIMEOUT) < 0) ? timeLeft : TIMEOUT;
		try {
			return Optional.of(open(instance, timeout));
		}
		catch (ConnectionRefusedException ex) {
			if (!isGoneOrGoing(ex)) {
				throw ex;
			}
			this.discovery.unreachable(instance, String.valueOf(ex.getMessage()));
			logger.debug("passed over instance={} reason=\"{}\"", instance, ex.getMessage());
			return Optional.empty();
		}
	}

	/**
	 * Connects to an instance, once.
	 */
	MultiplexedConnection connect(ServiceInstance instance) {
		return open(instance, TIMEOUT);
	}

	MultiplexedConnection open(ServiceInstance instance, Duration timeout) {
		MultiplexedConnection connection = open(instance.toString(), timeout,
				(acceptor) -> this.dialer.dial(instance, acceptor));
		CompletionStage<?> unused = connection.whenClosed().thenAccept((cause) -> lost(instance, cause));
		return connection;
	}

	private static boolean isGoneOrGoing(ConnectionRefusedException refused) {
		return switch (refused.code()) {
			case NOT_FOUND, UNAVAILABLE, DEADLINE_EXCEEDED -> true;
			default -> false;
		};
	}

	private void lost(ServiceInstance instance, ErrorInfo cause) {
		if (cause.code() != ErrorCode.CANCELLED) {
			this.discovery.unreachable(instance);
		}
	}

	private MultiplexedConnection open(String target, Duration timeout,
			Function<LinkAcceptor, CompletableFuture<Link>> dial) {
		AtomicReference<@Nullable MultiplexedConnection> opened = new AtomicReference<>();
		CompletableFuture<Link> link = dial.apply((accepted) -> {
			MultiplexedConnection connection = MultiplexedConnection.client(accepted, this.callbacks,
					this.telemetry.of(accepted.service()));
			this.connections.add(connection);
			opened.set(connection);
			return connection.receiver();
		});
		try {
			await(link, timeout);
			logger.debug("connected instance={}", target);
			return Objects.requireNonNull(opened.get());
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof ConnectionRefusedException refused) {
				throw new ConnectionRefusedException(refused.code(), String.valueOf(refused.getMessage()));
			}
			throw new AdaptiveException(ErrorCode.INTERNAL, Delivery.NOT_SENT, "Cannot connect to " + target,
					ex.getCause());
		}
		catch (TimeoutException ex) {
			abandon(link);
			logger.warn("no answer instance={} timeout={}", target, timeout);
			throw new ConnectionRefusedException(ErrorCode.DEADLINE_EXCEEDED,
					"%s did not answer within %d ms".formatted(target, timeout.toMillis()));
		}
		catch (InterruptedException ex) {
			abandon(link);
			Thread.currentThread().interrupt();
			throw new AdaptiveException(ErrorCode.CANCELLED, Delivery.NOT_SENT,
					"Interrupted while connecting to " + target, ex);
		}
	}

	private void await(CompletableFuture<Link> link, Duration timeout)
			throws ExecutionException, TimeoutException, InterruptedException {
		if (!link.isDone()) {
			DiscoveryClock clock = this.discovery.clock();
			long start = clock.nanoTime();
			Semaphore done = new Semaphore(0);
			CompletableFuture<?> unused = link.whenComplete((opened, error) -> done.release());
			while (!link.isDone()) {
				long left = timeout.toNanos() - (clock.nanoTime() - start);
				if (!clock.await(done, left) && !link.isDone()) {
					throw new TimeoutException();
				}
			}
		}
		link.get();
	}

	private static void abandon(CompletableFuture<Link> link) {
		CompletableFuture<Void> unused = link
			.thenAccept((late) -> late.close(new ErrorInfo(ErrorCode.CANCELLED, "connected too late")));
	}

}
