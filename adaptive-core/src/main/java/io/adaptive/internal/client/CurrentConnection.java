package io.adaptive.internal.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.adaptive.client.ConnectionListener;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.CallerContext;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.StreamResetException;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The current connection behind a reconnecting connection, which finds another one when
 * it is lost. As a source of connections it searches on threads of its own, which
 * concurrent calls share. Thread-safe.
 */
final class CurrentConnection implements ConnectionSource, AutoCloseable {

	private final Target target;

	private final ConnectionEvents events;

	private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

	private final CompletableFuture<?> stop;

	private final SearchLock discovering = new SearchLock();

	private final SingleFlight<Connection> found = new SingleFlight<>("adaptive-discover",
			() -> get(CallDeadline.NONE));

	private final SingleFlight<Optional<Connection>> others = new SingleFlight<>("adaptive-retry", this::getAnother);

	private final InstanceMove move;

	private final WaitingCalls waitingCalls;

	private volatile @Nullable MultiplexedConnection connection;

	private boolean othersAreKnown;

	/** The connection to an instance that is no longer known. */
	private volatile @Nullable MultiplexedConnection abandoned;

	private final LeftConnections left = new LeftConnections();

	private volatile Duration receiveTimeout = Duration.ZERO;

	CurrentConnection(Target target, CompletableFuture<?> stop, ConnectionListener listener) {
		this.target = target;
		this.waitingCalls = new WaitingCalls(target.connector().maxWaitingCalls());
		this.move = new InstanceMove(target, this::replace);
		this.events = new ConnectionEvents(listener, target.connector().callbacks());
		this.stop = CompletableFuture.anyOf(stop, this.closed);
	}

	@Override
	public @Nullable Connection ifOpen() {
		MultiplexedConnection current = this.connection;
		return (current != null && current.isOpen() && current != this.abandoned) ? current : null;
	}

	/**
	 * Returns the connection, waiting for the service if there is none. The time limit
	 * includes the wait for another caller that discovers, and so does the time in the
	 * error.
	 */
	Connection get(CallDeadline deadline) {
		Connection open = ifOpen();
		if (open != null) {
			return open;
		}
		CallDeadline limit = this.target.limit(deadline);
		lock(limit);
		try {
			return discover(() -> CancellableSearch.run(this.stop, (either) -> this.target.connect(limit, either)));
		}
		catch (ServiceNotFoundException ex) {
			throw limit.limited() ? new ServiceNotFoundException(ex.pattern(), ex.scopes(), limit.waited()) : ex;
		}
		finally {
			this.discovering.unlock();
		}
	}

	private void lock(CallDeadline deadline) {
		try {
			if (!this.discovering.lock(deadline)) {
				throw this.target.notFound(deadline.waited());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AdaptiveException(ErrorCode.CANCELLED, Delivery.NOT_SENT,
					"Interrupted while waiting for " + this.target, ex);
		}
	}

	/**
	 * Returns a connection for a call that has failed on another, without waiting for an
	 * instance to appear.
	 */
	Optional<Connection> getAnother() {
		Connection open = ifOpen();
		if (open != null) {
			return Optional.of(open);
		}
		if (!lockUnlessOthersWait()) {
			return Optional.empty();
		}
		try {
			return Optional.of(discover(() -> CancellableSearch.run(this.stop, this.target::connectNow)));
		}
		catch (ServiceNotFoundException ex) {
			return Optional.empty();
		}
		finally {
			this.discovering.unlock();
		}
	}

	/**
	 * Acquires the lock, unless its holder keeps it for {@link Connector#TIMEOUT} or no
	 * instance is known, so that the holder waits for one to appear.
	 */
	private boolean lockUnlessOthersWait() {
		try {
			long start = System.nanoTime();
			return this.discovering
				.lockWhile(() -> System.nanoTime() - start < Connector.TIMEOUT.toNanos() && this.target.isKnown());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Performs {@link #get} on a thread of its own.
	 */
	@Override
	public CompletableFuture<Connection> find() {
		return this.found.begin();
	}

	/**
	 * Performs {@link #getAnother} on a thread of its own.
	 */
	@Override
	public CompletableFuture<Optional<Connection>> findAnother() {
		return this.others.begin();
	}

	@Override
	public void beginWaiting() {
		this.waitingCalls.add(this.target);
	}

	@Override
	public void endWaiting() {
		this.waitingCalls.remove();
	}

	/**
	 * Returns the connection used last, open or not.
	 */
	Connection last() {
		Connection current = this.connection;
		return (current != null) ? current : get(CallDeadline.NONE);
	}

	/**
	 * Returns the connection used last, {@code null} if there was none.
	 */
	@Nullable Connection ifUsed() {
		return this.connection;
	}

	/**
	 * Connects, unless another thread just has. Called with the lock.
	 */
	private Connection discover(Supplier<MultiplexedConnection> search) {
		Connection open = ifOpen();
		if (open != null) {
			return open;
		}
		checkWanted();
		boolean again = this.connection != null;
		return lead(again ? heal(search) : search.get(), again);
	}

	/**
	 * Makes a connection the current one. Called with the lock.
	 */
	private Connection lead(MultiplexedConnection found, boolean again) {
		found.keepNoAnswers();
		this.events.passDroppedAnswers(found);
		this.left.add(this.connection);
		this.connection = found;
		// After the field is set: otherwise a timeout set in the meantime would be lost.
		found.setReceiveTimeout(this.receiveTimeout);
		if (!isWanted()) {
			found.close();
		}
		checkWanted();
		keepOthersKnown(found);
		this.events.connected(found, again);
		return found;
	}

	private MultiplexedConnection heal(Supplier<MultiplexedConnection> search) {
		boolean healed = false;
		try {
			MultiplexedConnection found = search.get();
			healed = true;
			return found;
		}
		finally {
			this.target.connector().counters().healed(healed);
		}
	}

	/**
	 * Reacts to a change of the known instances. The connection to an instance that has
	 * left may stay until its silence is noticed: its open calls and streams stay, new
	 * ones go to another instance.
	 */
	private void followOthers() {
		MultiplexedConnection current = this.connection;
		if (current != null && this.target.isReplaced(current.info().peer())) {
			this.abandoned = current;
		}
		else if (current != null && current.isOpen()) {
			this.move.follow(current);
		}
	}

	/**
	 * Replaces the connection by one over another address, unless it is no longer the
	 * current one.
	 * @return whether it was replaced
	 */
	private boolean replace(MultiplexedConnection before, MultiplexedConnection found) {
		this.discovering.lock();
		try {
			boolean current = this.connection == before && isWanted();
			if (current) {
				lead(found, true);
			}
			return current;
		}
		finally {
			this.discovering.unlock();
		}
	}

	/**
	 * Watches the known instances, so that one is available when it is needed.
	 */
	private void keepOthersKnown(MultiplexedConnection found) {
		Scope scope = found.info().scope();
		if (scope != Scope.LAN && scope != Scope.WAN) {
			return;
		}
		this.target.connector().ownAddresses().watch(found, () -> callbacks().execute(() -> leaveOwnAddress(found)));
		if (!this.othersAreKnown) {
			this.othersAreKnown = true;
			this.target.keepKnown(this.stop, () -> callbacks().execute(this::followOthers));
		}
	}

	private void leaveOwnAddress(MultiplexedConnection from) {
		if (this.connection == from && from.isOpen()) {
			this.move.leave(from);
		}
	}

	@Override
	public Executor callbacks() {
		return this.target.connector().callbacks();
	}

	@Override
	public CallerContext.@Nullable Captured captureCaller() {
		return this.target.connector().callerContext().capture();
	}

	@Override
	public AdaptiveException notFound(Duration waited) {
		return this.target.notFound(waited);
	}

	@Override
	public boolean isWanted() {
		return !this.closed.isDone();
	}

	private void checkWanted() {
		if (!isWanted()) {
			throw new StreamResetException(new ErrorInfo(ErrorCode.CANCELLED, this + " is closed"));
		}
	}

	void setReceiveTimeout(Duration timeout) {
		this.receiveTimeout = timeout;
		Connection current = this.connection;
		if (current != null) {
			current.setReceiveTimeout(timeout);
		}
	}

	@Override
	public void close() {
		this.closed.complete(null);
		Connection current = this.connection;
		if (current != null) {
			current.close();
		}
		this.left.close();
	}

	@Override
	public String toString() {
		Connection current = this.connection;
		return (current != null) ? current.toString() : "connection to %s, not used yet".formatted(this.target);
	}

}
