package io.adaptive.internal.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import io.adaptive.handler.HandledMessage;
import io.adaptive.internal.dispatch.ServiceDispatcher;
import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.message.TimeLimit;
import io.adaptive.internal.stream.ConnectionSet;
import io.adaptive.internal.stream.ConnectionTelemetry;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.raw.RawConnection;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Publication;
import io.adaptive.server.ServiceStatus;
import io.adaptive.server.UnpublishResult;
import io.adaptive.spi.Announcer;
import io.adaptive.spi.Link;
import io.adaptive.spi.RawReceiver;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Published service with its connections, from the announcement to the end of draining.
 */
final class ActivePublication implements Publication {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveServer.class);

	/** Limit of closing with peers that do not read. */
	static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration CALLS_ON_THEIR_WAY = Duration.ofMillis(500);

	private final ServiceName service;

	private final List<HandledMessage> messages;

	private final boolean ordered;

	private final Set<Scope> scopes = EnumSet.noneOf(Scope.class);

	private final ServiceDirectory directory;

	private final ServiceDispatcher dispatcher;

	private final Function<Link, Link.@Nullable Receiver> takeOver;

	private final @Nullable Consumer<RawConnection> rawHook;

	private final Executor callbacks;

	private final ConnectionTelemetry telemetry;

	private final ReceiveBudget budget;

	private final Closing closing;

	private final Duration drainTimeout;

	private final List<Announcer.Announcement> announcements = new ArrayList<>();

	private final ConnectionSet connections = new ConnectionSet();

	private final AtomicBoolean left = new AtomicBoolean();

	private final AtomicBoolean draining = new AtomicBoolean();

	private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();

	/** Start of leaving, set when the service leaves. */
	private volatile long leftAt;

	private volatile long unfinished;

	ActivePublication(ServiceDefinition service, ServerGroup.Means means, Closing closing) {
		WorkerPool workers = means.workers();
		this.closing = closing;
		this.service = service.name();
		this.messages = service.handledMessages();
		this.ordered = service.isOrdered();
		this.directory = means.directory();
		this.dispatcher = service.newDispatcher(workers);
		this.takeOver = service.takeOver();
		this.rawHook = service.rawHook();
		this.callbacks = workers.callbacks();
		this.budget = workers.budget();
		this.telemetry = means.telemetry().of(this.service);
		this.drainTimeout = service.drainTimeoutOr(means.drainTimeout());
	}

	/**
	 * Publishes in all these scopes, or after a failure in none.
	 */
	void announce(Collection<Announcer> announcers) {
		try {
			for (Announcer announcer : announcers) {
				this.directory.add(this.service, announcer.scope(), this);
				this.scopes.add(announcer.scope());
				this.announcements.add(announcer.announce(this.service));
			}
		}
		catch (RuntimeException | Error ex) {
			leave();
			throw ex;
		}
	}

	private void checkStays() {
		if (this.left.get()) {
			throw new ConnectionRefusedException(ErrorCode.UNAVAILABLE,
					"service %s is leaving".formatted(this.service));
		}
	}

	RawReceiver acceptRaw(Link link) {
		checkStays();
		Consumer<RawConnection> hook = this.rawHook;
		if (hook == null) {
			throw new ConnectionRefusedException(ErrorCode.UNIMPLEMENTED,
					"service %s takes no raw connections".formatted(this.service));
		}
		return new RawReceiver(this.callbacks, (connection) -> {
			this.connections.add(connection);
			this.dispatcher.handle(connection, hook);
		});
	}

	Link.Receiver accept(Link link) {
		checkStays();
		Link.Receiver raw = this.takeOver.apply(link);
		if (raw != null) {
			return raw;
		}
		MultiplexedConnection connection = MultiplexedConnection.server(link, this.dispatcher, this.callbacks,
				this.telemetry, this.budget);
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
	 * Withdraws the service from discovery and notifies its clients.
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
			// The connection has ended already.
		}
	}

	boolean isLeft() {
		return this.left.get();
	}

	/**
	 * Returns whether the service has left and is drained.
	 */
	boolean isGone() {
		return this.drained.isDone();
	}

	ServiceStatus status() {
		Duration draining = isLeft() ? Duration.ofNanos(System.nanoTime() - this.leftAt) : null;
		return new ServiceStatus(this.service, scopes(), this.ordered, this.messages, this.dispatcher.inFlight(),
				draining, this.connections.all().stream().map(MultiplexedConnection::status).toList());
	}

	/**
	 * Returns the result of the withdrawal, or its present state while the service is
	 * being drained.
	 */
	UnpublishResult withdrawal() {
		return new UnpublishResult(this.service, scopes(), isGone() ? this.unfinished : this.dispatcher.inFlight());
	}

	/**
	 * Claims the task of draining.
	 * @return whether the caller has to call {@link #drain}; only one caller has
	 */
	boolean beginDraining() {
		return this.draining.compareAndSet(false, true);
	}

	/**
	 * Waits until another thread has drained the service.
	 * @param deadline the limit of the draining
	 * @param limit the limit of this wait
	 */
	void awaitDrained(Deadline deadline, Deadline limit) {
		try {
			long ending = TimeLimit.plus(deadline.leftNanos(), CALLS_ON_THEIR_WAY.plus(CLOSE_TIMEOUT).toNanos());
			this.drained.get(Math.min(ending, limit.leftNanos()), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			// The other thread continues, and ends within its own limit.
		}
	}

	/**
	 * Serves the messages in flight, then starts to close the connections.
	 * @param deadline the limit for the messages in flight
	 * @param limit the limit of the wait for calls that have not arrived yet
	 */
	void drain(Deadline deadline, Deadline limit) {
		try {
			this.dispatcher.drain(deadline.leftNanos());
			awaitCallsOnTheirWay(limit);
			this.unfinished = this.dispatcher.drain(deadline.leftNanos());
			if (this.unfinished > 0) {
				logger.warn("drain incomplete service={} unfinished={}", this.service, this.unfinished);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.connections.beginClosing(LEAVING);
		}
	}

	/**
	 * Waits for the unsent messages of all connections, and closes the connections.
	 */
	void end(Deadline deadline) {
		try {
			this.connections.close(LEAVING, deadline.left());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.drained.complete(null);
		}
		logger.log(level(), "unpublished service={} scopes={}", this.service, this.scopes);
	}

	/**
	 * Waits for accepted calls that have not arrived yet, as is possible if a later one
	 * has overtaken them. There is no event for their arrival or cancellation, so this
	 * polls for a short time.
	 */
	private void awaitCallsOnTheirWay(Deadline limit) throws InterruptedException {
		Deadline deadline = Deadline.in(CALLS_ON_THEIR_WAY).soonerOf(limit);
		while (this.connections.all().stream().anyMatch(MultiplexedConnection::isMissingCalls)
				&& deadline.leftNanos() > 0) {
			Thread.sleep(1);
		}
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
		this.closing.close(List.of(this));
	}

	Duration drainTimeout() {
		return this.drainTimeout;
	}

	@Override
	public String toString() {
		return "%s in %s".formatted(this.service, this.scopes);
	}

}
