package io.adaptive.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.discovery.LookupCounters;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.stream.ConnectionSet;
import io.adaptive.internal.stream.ConnectionTelemetry;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.internal.transport.Dialer;
import io.adaptive.internal.transport.Silence;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.CallerContext;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.raw.RawConnection;
import io.adaptive.settings.DiscoveryClock;
import io.adaptive.spi.Link;
import io.adaptive.status.ServiceQuery;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.ConnectionInfo;
import org.jspecify.annotations.Nullable;

/**
 * Connects to instances and addresses.
 */
final class Connector {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveClient.class);

	/** Time limit for an instance to answer, after which it is skipped. */
	static final Duration TIMEOUT = Duration.ofSeconds(5);

	/** Number of instances that are dialled at the same time. */
	private static final int AT_ONCE = 32;

	private final Discovery discovery;

	private final Dialer dialer;

	private final ConnectionSet connections;

	private final Executor callbacks;

	private final ConnectionTelemetry telemetry;

	private final ReceiveBudget budget;

	Connector(Discovery discovery, Dialer dialer, ConnectionSet connections, Executor callbacks,
			ConnectionTelemetry telemetry, ReceiveBudget budget) {
		this.discovery = discovery;
		this.dialer = dialer;
		this.connections = connections;
		this.callbacks = callbacks;
		this.telemetry = telemetry;
		this.budget = budget;
	}

	Connector copying(boolean copying) {
		return new Connector(this.discovery, this.dialer.copying(copying), this.connections, this.callbacks,
				this.telemetry, this.budget);
	}

	Executor callbacks() {
		return this.callbacks;
	}

	/**
	 * Runs work on an event loop after a delay, unless the node is closed by then.
	 * @param work must not block
	 */
	void later(Duration delay, Runnable work) {
		this.dialer.later(delay, work);
	}

	int maxWaitingCalls() {
		return this.dialer.pendingLimits().messages();
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
		return this.connections.openTo(instance.instance(), instance.service());
	}

	/**
	 * Returns an instance with its latest addresses.
	 */
	ServiceInstance current(ServiceInstance found) {
		return this.discovery.current(found);
	}

	/**
	 * Returns the instance of a connection, if it is known and no longer has the address
	 * of the connection.
	 */
	Optional<ServiceInstance> moved(ConnectionInfo connection) {
		return known(connection).filter((each) -> !each.endpoints().contains(connection.endpoint()));
	}

	/**
	 * Returns the instance of a connection, if it is known.
	 */
	Optional<ServiceInstance> known(ConnectionInfo connection) {
		ServiceQuery query = new ServiceQuery(ServicePattern.of(connection.service()), Set.of(),
				Set.of(connection.scope()));
		return this.discovery.known(query)
			.stream()
			.filter((each) -> each.scope() == connection.scope() && each.instance().equals(connection.peer()))
			.findFirst();
	}

	/**
	 * Returns the watch over the addresses of this machine.
	 */
	OwnAddressWatch ownAddresses() {
		return new OwnAddressWatch(this.dialer.ownAddresses());
	}

	/**
	 * Keeps the known addresses of an instance up to date, if its scope is searched.
	 * @param stop ends the updates when it completes
	 * @param changed called on any thread after a possible change
	 */
	void keepKnown(ServiceInstance instance, CompletableFuture<?> stop, Runnable changed) {
		ServiceQuery query = new ServiceQuery(ServicePattern.of(instance.service()), Set.of(),
				Set.of(instance.scope()));
		if (this.discovery.searches(query)) {
			this.discovery.watch(query, stop).onChange(changed);
		}
	}

	/**
	 * Connects to an address, with one attempt. The connection ends when the address of
	 * this machine that it uses is removed and the node is reached from another one.
	 */
	MultiplexedConnection connect(Endpoint endpoint, ServiceName service) {
		MultiplexedConnection connection = dial(endpoint, service);
		ownAddresses().endWithoutAddress(connection, () -> dial(endpoint, service));
		return connection;
	}

	private MultiplexedConnection dial(Endpoint endpoint, ServiceName service) {
		return await(new DialAttempt(service + "@" + endpoint, new AtomicBoolean(), this::connection,
				(acceptor) -> this.dialer.dial(endpoint, service, acceptor)), TIMEOUT);
	}

	/**
	 * Opens a raw connection to an address, with one attempt.
	 */
	RawConnection connectRaw(Endpoint endpoint, ServiceName service) {
		return raw().connect(endpoint, service, TIMEOUT);
	}

	/**
	 * Opens a raw connection to an instance, as {@link #connect} opens others.
	 * @param timeLeft the remaining time, {@code null} for no limit
	 */
	Optional<RawConnection> connectRaw(ServiceInstance instance, @Nullable Duration timeLeft) {
		try {
			RawConnection connection = raw().connect(instance, atMost(timeLeft));
			this.discovery.answered(instance.instance());
			return Optional.of(connection);
		}
		catch (ConnectionRefusedException ex) {
			passOver(instance, ex);
			return Optional.empty();
		}
	}

	private RawConnector raw() {
		return new RawConnector(this.discovery.clock(), this.dialer, this.connections, this.callbacks);
	}

	/**
	 * Connects to an instance, unless it has left, is leaving, or does not answer. Any
	 * other refusal is an error: otherwise the user would wait without a visible cause.
	 * @param timeLeft the remaining time, {@code null} for no limit
	 * @throws ConnectionRefusedException if the instance refuses with another code than
	 * {@code DEADLINE_EXCEEDED}, {@code NOT_FOUND} or {@code UNAVAILABLE}
	 */
	Optional<MultiplexedConnection> connect(ServiceInstance instance, @Nullable Duration timeLeft) {
		try {
			return Optional.of(open(instance, atMost(timeLeft)));
		}
		catch (ConnectionRefusedException ex) {
			passOver(instance, ex);
			return Optional.empty();
		}
	}

	private static Duration atMost(@Nullable Duration timeLeft) {
		return (timeLeft != null && timeLeft.compareTo(TIMEOUT) < 0) ? timeLeft : TIMEOUT;
	}

	/**
	 * Connects to instances in parallel, to each as {@link #connect} does.
	 * @param timeLeft the remaining time, {@code null} for no limit
	 * @return the connections, in the order of the instances
	 */
	List<MultiplexedConnection> connectAll(List<ServiceInstance> instances, @Nullable Duration timeLeft) {
		List<MultiplexedConnection> connections = new ArrayList<>();
		long start = this.discovery.clock().nanoTime();
		try {
			for (int from = 0; from < instances.size(); from += AT_ONCE) {
				Duration left = (timeLeft == null) ? null
						: timeLeft.minusNanos(this.discovery.clock().nanoTime() - start);
				connectTogether(instances.subList(from, Math.min(instances.size(), from + AT_ONCE)), atMost(left),
						connections);
			}
			return connections;
		}
		catch (RuntimeException | Error ex) {
			connections.forEach(MultiplexedConnection::close);
			throw ex;
		}
	}

	private void connectTogether(List<ServiceInstance> instances, Duration timeout,
			List<MultiplexedConnection> connections) {
		Map<ServiceInstance, DialAttempt> attempts = new LinkedHashMap<>();
		long start = this.discovery.clock().nanoTime();
		try {
			instances.forEach((instance) -> attempts.put(instance, begin(instance, new AtomicBoolean())));
			for (ServiceInstance instance : instances) {
				DialAttempt attempt = Objects.requireNonNull(attempts.remove(instance));
				try {
					connections.add(opened(instance, await(attempt, start, timeout)));
				}
				catch (ConnectionRefusedException ex) {
					passOver(instance, ex);
				}
			}
		}
		finally {
			attempts.values().forEach(DialAttempt::abandon);
		}
	}

	/**
	 * Connects to an instance, with one attempt.
	 */
	MultiplexedConnection connect(ServiceInstance instance) {
		return open(instance, TIMEOUT);
	}

	MultiplexedConnection open(ServiceInstance instance, Duration timeout) {
		return opened(instance, await(begin(instance, new AtomicBoolean()), timeout));
	}

	/**
	 * Begins to dial an instance.
	 * @param won whether one of several attempts has a connection
	 */
	DialAttempt begin(ServiceInstance instance, AtomicBoolean won) {
		return new DialAttempt(instance.toString(), won, this::connection,
				(acceptor) -> this.dialer.dial(instance, acceptor));
	}

	private MultiplexedConnection connection(Link accepted) {
		MultiplexedConnection connection = MultiplexedConnection.client(accepted, this.callbacks,
				this.telemetry.of(accepted.service()), this.budget);
		connection.onAnswerDropped((answer) -> ConnectionLog.answerDropped(connection.info(), answer));
		this.connections.add(connection);
		return connection;
	}

	/**
	 * Notes that an instance has answered.
	 */
	MultiplexedConnection opened(ServiceInstance instance, MultiplexedConnection connection) {
		logger.debug("connected instance={}", instance);
		this.discovery.answered(instance.instance());
		CompletionStage<?> unused = connection.whenClosed()
			.thenAccept((cause) -> lost(instance, connection.info(), cause));
		return connection;
	}

	/**
	 * Notes that an instance could not be connected to, so that others are tried.
	 * @throws ConnectionRefusedException if its code is another one than {@code
	 * DEADLINE_EXCEEDED}, {@code NOT_FOUND} or {@code UNAVAILABLE}
	 */
	void passOver(ServiceInstance instance, ConnectionRefusedException reason) {
		switch (reason.code()) {
			case DEADLINE_EXCEEDED -> silent(instance);
			case NOT_FOUND, UNAVAILABLE -> {
				// It has left or is leaving.
			}
			default -> throw reason;
		}
		this.discovery.unreachable(instance, String.valueOf(reason.getMessage()));
		logger.debug("passed over instance={} reason=\"{}\"", instance, reason.getMessage());
	}

	/**
	 * Notes that an instance has not answered.
	 */
	void silent(ServiceInstance instance) {
		this.discovery.silent(instance.instance());
	}

	/**
	 * Notes a lost connection. A loss together with an address that the instance or this
	 * machine no longer has says nothing about the instance.
	 */
	private void lost(ServiceInstance instance, ConnectionInfo connection, ErrorInfo cause) {
		if (cause.code() == ErrorCode.CANCELLED || moved(connection).isPresent()) {
			return;
		}
		if (Silence.is(cause)) {
			silent(instance);
			this.discovery.unreachable(instance);
		}
		else if (!this.connections.hasOpenTo(instance.instance(), instance.service())) {
			this.discovery.unreachable(instance);
		}
	}

	private MultiplexedConnection await(DialAttempt attempt, Duration timeout) {
		return await(attempt, this.discovery.clock().nanoTime(), timeout);
	}

	private MultiplexedConnection await(DialAttempt attempt, long start, Duration timeout) {
		try {
			Semaphore done = new Semaphore(0);
			attempt.whenDone(done::release);
			CallContext.Binding bound = PropagatedContext.onCancel(done::release);
			try {
				awaitDone(attempt, done, start, timeout);
			}
			finally {
				bound.close();
			}
			return attempt.connection();
		}
		catch (InterruptedException ex) {
			attempt.abandon();
			Thread.currentThread().interrupt();
			throw new AdaptiveException(ErrorCode.CANCELLED, Delivery.NOT_SENT,
					"Interrupted while connecting to " + attempt, ex);
		}
	}

	private void awaitDone(DialAttempt attempt, Semaphore done, long start, Duration timeout)
			throws InterruptedException {
		DiscoveryClock clock = this.discovery.clock();
		while (!attempt.isDone()) {
			long left = timeout.toNanos() - (clock.nanoTime() - start);
			boolean inTime = clock.await(done, left);
			if (attempt.isDone()) {
				return;
			}
			if (!inTime || PropagatedContext.isCancelled()) {
				attempt.abandon();
				PropagatedContext.checkCancelled();
				throw noAnswer(attempt.toString(), timeout);
			}
		}
	}

	static ConnectionRefusedException noAnswer(String target, Duration timeout) {
		logger.warn("no answer instance={} timeout={}", target, timeout);
		return new ConnectionRefusedException(ErrorCode.DEADLINE_EXCEEDED,
				"%s did not answer within %s ms".formatted(target, timeout.toMillis()));
	}

}
