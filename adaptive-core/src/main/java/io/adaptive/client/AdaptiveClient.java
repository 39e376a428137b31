package io.adaptive.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.adaptive.discovery.Discovery;
import io.adaptive.discovery.ServiceQuery;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionSet;
import io.adaptive.stream.MultiplexedConnection;
import io.adaptive.transport.Dialer;
import io.adaptive.transport.Link;
import io.adaptive.transport.LinkAcceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Discovers services. Made by {@code AdaptiveNode.newClient()}. Immutable and safe for
 * use by many threads.
 */
public final class AdaptiveClient {

	private static final Logger logger = LoggerFactory.getLogger(AdaptiveClient.class);

	/** An instance that does not answer for so long is passed over. */
	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private final Discovery discovery;

	private final Dialer dialer;

	private final ConnectionSet connections;

	private final Executor callbacks;

	private final CompletableFuture<?> stop;

	private final @Nullable Duration discoverTimeout;

	/**
	 * Makes a client; for the node.
	 * @param discovery finds instances
	 * @param dialer opens links to them
	 * @param connections the node's open connections
	 * @param callbacks runs what hangs on futures
	 * @param stop ends all waiting when it completes
	 */
	public AdaptiveClient(Discovery discovery, Dialer dialer, ConnectionSet connections, Executor callbacks,
			CompletableFuture<?> stop) {
		this(discovery, dialer, connections, callbacks, stop, null);
	}

	private AdaptiveClient(Discovery discovery, Dialer dialer, ConnectionSet connections, Executor callbacks,
			CompletableFuture<?> stop, @Nullable Duration discoverTimeout) {
		this.discovery = discovery;
		this.dialer = dialer;
		this.connections = connections;
		this.callbacks = callbacks;
		this.stop = stop;
		this.discoverTimeout = discoverTimeout;
	}

	/**
	 * Limits how long to wait for a service. Without a limit a client waits for ever, so
	 * that it may be started before the server.
	 * @param timeout the limit, zero for not at all
	 * @return the changed copy
	 */
	public AdaptiveClient discoverTimeout(Duration timeout) {
		return new AdaptiveClient(this.discovery, this.dialer, this.connections, this.callbacks, this.stop, timeout);
	}

	/**
	 * Waits for a service and connects to it.
	 * @param publisher the publisher
	 * @param name the service's name
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ServiceNotFoundException if it did not appear in time
	 * @throws ConnectionRefusedException if an instance is there that this program cannot
	 * talk to
	 */
	public Connection discover(String publisher, String name) {
		return discover(new ServiceName(publisher, name));
	}

	/**
	 * Waits for a service and connects to it.
	 * @param service the service
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ServiceNotFoundException if it did not appear in time
	 * @throws ConnectionRefusedException if an instance is there that this program cannot
	 * talk to
	 */
	public Connection discover(ServiceName service) {
		return discover(service, this.stop);
	}

	Connection discover(ServiceName service, CompletableFuture<?> stop) {
		return this.discovery.find(ServiceQuery.of(service), this.discoverTimeout, stop, this::connectFirst);
	}

	/**
	 * Returns a connection that discovers the service when it is first used, and again
	 * when it is used after a loss.
	 * @param service the service
	 * @return the connection, to be closed by the caller
	 */
	public Connection lazy(ServiceName service) {
		return new LazyConnection(service, this, this.stop);
	}

	/**
	 * Connects to a service whose address is known, without searching for it. Tries once,
	 * and does not wait for the service to appear.
	 * @param endpoint the address, such as {@code new Endpoint.Tcp("10.0.0.7", 7001)}
	 * @param service the service wanted there
	 * @return the connection, to be closed by the caller
	 * @throws ConnectionRefusedException if nobody can be reached there, or the service
	 * is not published there
	 */
	public Connection connect(Endpoint endpoint, ServiceName service) {
		return open(service + "@" + endpoint, CONNECT_TIMEOUT,
				(acceptor) -> this.dialer.dial(endpoint, service, acceptor));
	}

	private Optional<Connection> connectFirst(List<ServiceInstance> instances, @Nullable Duration timeLeft) {
		return instances.stream().map((instance) -> connect(instance, timeLeft)).flatMap(Optional::stream).findFirst();
	}

	private Optional<Connection> connect(ServiceInstance instance, @Nullable Duration timeLeft) {
		Duration timeout = (timeLeft != null && timeLeft.compareTo(CONNECT_TIMEOUT) < 0) ? timeLeft : CONNECT_TIMEOUT;
		try {
			return Optional.of(open(instance.toString(), timeout, (acceptor) -> this.dialer.dial(instance, acceptor)));
		}
		catch (ConnectionRefusedException ex) {
			if (!isGoneOrGoing(ex)) {
				throw ex;
			}
			this.discovery.unreachable(instance);
			logger.debug("passed over instance={} reason=\"{}\"", instance, ex.getMessage());
			return Optional.empty();
		}
	}

	/**
	 * An instance that is going or gone is passed over; one that will never understand
	 * this program is an error, or its user would wait without knowing for what.
	 */
	private static boolean isGoneOrGoing(ConnectionRefusedException refused) {
		return switch (refused.code()) {
			case NOT_FOUND, UNAVAILABLE, DEADLINE_EXCEEDED -> true;
			default -> false;
		};
	}

	private Connection open(String target, Duration timeout, Function<LinkAcceptor, CompletableFuture<Link>> dial) {
		AtomicReference<@Nullable MultiplexedConnection> opened = new AtomicReference<>();
		CompletableFuture<Link> link = dial.apply((accepted) -> {
			MultiplexedConnection connection = MultiplexedConnection.client(accepted, this.callbacks);
			this.connections.add(connection);
			opened.set(connection);
			return connection.receiver();
		});
		try {
			link.get(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
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

	private static void abandon(CompletableFuture<Link> link) {
		CompletableFuture<Void> unused = link
			.thenAccept((late) -> late.close(new ErrorInfo(ErrorCode.CANCELLED, "connected too late")));
	}

}
