package io.adaptive.internal.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.discovery.LookupCounters;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.internal.transport.Silence;
import io.adaptive.message.CallerContext;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.raw.RawConnection;
import io.adaptive.spi.Link;
import io.adaptive.stream.ConnectionInfo;
import org.jspecify.annotations.Nullable;

/**
 * Connects to instances and addresses.
 */
final class Connector {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveClient.class);

	/** Time limit for an instance to answer, after which it is skipped. */
	static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final ClientContext context;

	private final KnownInstances known;

	private final DialWait wait;

	Connector(ClientContext context) {
		this.context = context;
		this.known = new KnownInstances(context.discovery());
		this.wait = new DialWait(context.clock());
	}

	ClientContext context() {
		return this.context;
	}

	KnownInstances known() {
		return this.known;
	}

	Executor callbacks() {
		return this.context.callbacks();
	}

	/**
	 * Runs work on an event loop after a delay, unless the node is closed by then.
	 * @param work must not block
	 */
	void later(Duration delay, Runnable work) {
		this.context.dialer().later(delay, work);
	}

	int maxWaitingCalls() {
		return this.context.dialer().pendingLimits().messages();
	}

	LookupCounters counters() {
		return this.context.discovery().counters();
	}

	CallerContext callerContext() {
		return this.context.dialer().callerContext();
	}

	/**
	 * Returns the open connections of this node to an instance.
	 */
	List<MultiplexedConnection> connectionsTo(ServiceInstance instance) {
		return this.context.connections().openTo(instance.instance(), instance.service());
	}

	/**
	 * Returns the watch over the addresses of this machine.
	 */
	OwnAddressWatch ownAddresses() {
		return new OwnAddressWatch(this.context.dialer().ownAddresses());
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
		return this.wait.await(new DialAttempt(service + "@" + endpoint, new AtomicBoolean(), this::connection,
				(acceptor) -> this.context.dialer().dial(endpoint, service, acceptor)), TIMEOUT);
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
			this.context.discovery().answered(instance.instance());
			return Optional.of(connection);
		}
		catch (ConnectionRefusedException ex) {
			passOver(instance, ex);
			return Optional.empty();
		}
	}

	private RawConnector raw() {
		return new RawConnector(this.context);
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

	static Duration atMost(@Nullable Duration timeLeft) {
		return (timeLeft != null && timeLeft.compareTo(TIMEOUT) < 0) ? timeLeft : TIMEOUT;
	}

	/**
	 * Connects to an instance, with one attempt.
	 */
	MultiplexedConnection connect(ServiceInstance instance) {
		return open(instance, TIMEOUT);
	}

	MultiplexedConnection open(ServiceInstance instance, Duration timeout) {
		return opened(instance, this.wait.await(begin(instance, new AtomicBoolean()), timeout));
	}

	/**
	 * Begins to dial an instance.
	 * @param won whether one of several attempts has a connection
	 */
	DialAttempt begin(ServiceInstance instance, AtomicBoolean won) {
		return new DialAttempt(instance.toString(), won, this::connection,
				(acceptor) -> this.context.dialer().dial(instance, acceptor));
	}

	private MultiplexedConnection connection(Link accepted) {
		MultiplexedConnection connection = MultiplexedConnection.client(accepted, this.context.callbacks(),
				this.context.telemetry().of(accepted.service()), this.context.budget());
		connection.onAnswerDropped((answer) -> ConnectionLog.answerDropped(connection.info(), answer));
		this.context.connections().add(connection);
		return connection;
	}

	/**
	 * Notes that an instance has answered.
	 */
	MultiplexedConnection opened(ServiceInstance instance, MultiplexedConnection connection) {
		logger.debug("connected instance={}", instance);
		this.context.discovery().answered(instance.instance());
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
		this.context.discovery().unreachable(instance, String.valueOf(reason.getMessage()));
		logger.debug("passed over instance={} reason=\"{}\"", instance, reason.getMessage());
	}

	/**
	 * Notes that an instance has not answered.
	 */
	void silent(ServiceInstance instance) {
		this.context.discovery().silent(instance.instance());
	}

	/**
	 * Notes a lost connection. A loss together with an address that the instance or this
	 * machine no longer has says nothing about the instance.
	 */
	private void lost(ServiceInstance instance, ConnectionInfo connection, ErrorInfo cause) {
		if (cause.code() == ErrorCode.CANCELLED || this.known.moved(connection).isPresent()) {
			return;
		}
		if (Silence.is(cause)) {
			silent(instance);
			this.context.discovery().unreachable(instance);
		}
		else if (!this.context.connections().hasOpenTo(instance.instance(), instance.service())) {
			this.context.discovery().unreachable(instance);
		}
	}

}
