package io.adaptive.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.adaptive.dispatch.HandledMessage;
import io.adaptive.dispatch.ServiceDispatcher;
import io.adaptive.dispatch.WorkerPool;
import io.adaptive.log.KeyValueLogger;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.registry.Announcer;
import io.adaptive.stream.ConnectionSet;
import io.adaptive.stream.ConnectionTelemetry;
import io.adaptive.stream.MultiplexedConnection;
import io.adaptive.transport.Link;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * A published service with its connections, from announcing to draining.
 */
final class ActivePublication implements Publication {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveServer.class);

	/** A peer that does not read must not hold up the end for longer. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration CALLS_ON_THEIR_WAY = Duration.ofMillis(500);

	private final ServiceName service;

	private final List<HandledMessage> messages;

	private final boolean ordered;

	private final Set<Scope> scopes = EnumSet.noneOf(Scope.class);

	private final ServiceDirectory directory;

	private final ServiceDispatcher dispatcher;

	private final Function<Link, Link.@Nullable Receiver> takeOver;

	private final Executor callbacks;

	private final ConnectionTelemetry telemetry;

	private final Duration drainTimeout;

	private final List<Announcer.Announcement> announcements = new ArrayList<>();

	private final ConnectionSet connections = new ConnectionSet();

	private final AtomicBoolean left = new AtomicBoolean();

	private final AtomicBoolean drained = new AtomicBoolean();

	/** Set when it has begun to leave. */
	private volatile long leftAt;

	/** Set once nothing of it is left. */
	private volatile boolean gone;

	private volatile long unfinished;

	ActivePublication(Service service, ServiceDirectory directory, WorkerPool workers, Executor callbacks,
			ConnectionTelemetry telemetry, Duration drainTimeout) {
		this.service = service.name();
		this.messages = service.handledMessages();
		this.ordered = service.isOrdered();
		this.directory = directory;
		this.dispatcher = service.newDispatcher(workers);
		this.takeOver = service.takeOver();
		this.callbacks = callbacks;
		this.telemetry = telemetry.of(this.service);
		this.drainTimeout = drainTimeout;
	}

	/**
	 * Publishes in all these scopes or, failing, in none.
	 */
	void announce(Collection<Announcer> announcers) {
		try {
			for (Announcer announcer : announcers) {
				this.directory.add(this.service, announcer.scope(), this);
				this.scopes.add(announcer.scope());
				this.announcements.add(announcer.announce(this.service));
			}
		}
		catch (RuntimeException ex) {
			leave();
			throw ex;
		}
	}

	Link.Receiver accept(Link link) {
		if (this.left.get()) {
			throw new ConnectionRefusedException(ErrorCode.UNAVAILABLE,
					"service %s is leaving".formatted(this.service));
		}
		Link.Receiver raw = this.takeOver.apply(link);
		if (raw != null) {
			return raw;
		}
		MultiplexedConnection connection = MultiplexedConnection.server(link, this.dispatcher, this.callbacks,
				this.telemetry);
		connection.onOpen(() -> opened(connection));
		return connection.receiver();
	}

	private void opened(MultiplexedConnection connection) {
		this.connections.add(connection);
		if (this.left.get()) {
			tellLeaving(connection);
		}
	}

	/**
	 * Is no longer found, and tells the clients.
	 */
	void leave() {
		this.leftAt = isLeft() ? this.leftAt : System.nanoTime();
		if (!this.left.compareAndSet(false, true)) {
			return;
		}
		logger.log(level(), "draining service={} scopes={} connections={} inFlight={}", this.service, this.scopes,
				this.connections.all().size(), this.dispatcher.inFlight());
		this.announcements.forEach(Announcer.Announcement::close);
		this.scopes.forEach((scope) -> this.directory.remove(this.service, scope, this));
		this.connections.all().forEach(ActivePublication::tellLeaving);
	}

	private Level level() {
		return this.service.isBuiltin() ? Level.DEBUG : Level.INFO;
	}

	private static void tellLeaving(MultiplexedConnection connection) {
		try {
			connection.goAway(LEAVING);
		}
		catch (ConnectionLostException ex) {
			// It is gone already, and with it the need to tell.
		}
	}

	boolean isLeft() {
		return this.left.get();
	}

	/**
	 * Tells whether it has left and been drained.
	 */
	boolean isGone() {
		return this.gone;
	}

	ServiceStatus status() {
		Duration draining = isLeft() ? Duration.ofNanos(System.nanoTime() - this.leftAt) : null;
		return new ServiceStatus(this.service, scopes(), this.ordered, this.messages, this.dispatcher.inFlight(),
				draining, this.connections.all().stream().map(MultiplexedConnection::status).toList());
	}

	Withdrawal withdrawal() {
		return new Withdrawal(this.service, scopes(), this.unfinished);
	}

	/**
	 * Serves what is in flight, then closes the connections.
	 */
	void drain(long timeoutNanos) {
		if (!this.drained.compareAndSet(false, true)) {
			return;
		}
		long start = System.nanoTime();
		try {
			this.dispatcher.drain(timeoutNanos);
			awaitCallsOnTheirWay();
			this.unfinished = this.dispatcher.drain(Math.max(0, timeoutNanos - (System.nanoTime() - start)));
			if (this.unfinished > 0) {
				logger.warn("drain incomplete service={} unfinished={}", this.service, this.unfinished);
			}
			this.connections.close(LEAVING, CLOSE_TIMEOUT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.connections.all().forEach((connection) -> connection.close(LEAVING));
		}
		this.gone = true;
		logger.log(level(), "unpublished service={} scopes={}", this.service, this.scopes);
	}

	/**
	 * A call that was accepted because a later one had arrived may still be on its way.
	 * Nobody tells when it arrives, or that its caller withdrew it, so this looks again
	 * for a moment.
	 */
	private void awaitCallsOnTheirWay() throws InterruptedException {
		long deadline = System.nanoTime() + CALLS_ON_THEIR_WAY.toNanos();
		while (this.connections.all().stream().anyMatch(MultiplexedConnection::isMissingCalls)
				&& System.nanoTime() - deadline < 0) {
			Thread.sleep(1);
		}
	}

	/**
	 * Closes several publications together within one drain timeout.
	 */
	static void close(Collection<ActivePublication> publications, Duration drainTimeout) {
		long start = System.nanoTime();
		publications.forEach(ActivePublication::leave);
		publications.forEach(
				(publication) -> publication.drain(Math.max(0, drainTimeout.toNanos() - (System.nanoTime() - start))));
	}

	@Override
	public ServiceName service() {
		return this.service;
	}

	@Override
	public Set<Scope> scopes() {
		return Set.copyOf(this.scopes);
	}

	@Override
	public void close() {
		leave();
		drain(this.drainTimeout.toNanos());
	}

	@Override
	public String toString() {
		return "%s in %s".formatted(this.service, this.scopes);
	}

}
