package io.adaptive.internal.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.adaptive.client.ConnectionListener;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.internal.stream.SerialQueue;
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
 * The current connection behind a reconnecting connection.
 */
final class CurrentConnection implements AutoCloseable {

	private static final long LOOK_MILLIS = 100;

	private final Target target;

	private final ConnectionListener listener;

	private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

	private final CompletableFuture<?> stop;

	private final ReentrantLock discovering = new ReentrantLock();

	private final SingleFlight<Connection> found = new SingleFlight<>("adaptive-discover",
			() -> get(CallDeadline.NONE));

	private final SingleFlight<Optional<Connection>> others = new SingleFlight<>("adaptive-retry", this::getAnother);

	private final SerialQueue events = new SerialQueue();

	private final InstanceMove move;

	private final WaitingCalls waitingCalls;

	private volatile @Nullable MultiplexedConnection connection;

	private boolean othersAreKnown;

	/** The connection to an instance that is no longer known. */
	private volatile @Nullable MultiplexedConnection abandoned;

	/** Replaced connections that have not ended yet. */
	private final List<MultiplexedConnection> left = new CopyOnWriteArrayList<>();

	private volatile Duration receiveTimeout = Duration.ZERO;

	CurrentConnection(Target target, CompletableFuture<?> stop, ConnectionListener listener) {
		this.target = target;
		this.waitingCalls = new WaitingCalls(target.connector().maxWaitingCalls());
		this.move = new InstanceMove(target, this::replace);
		this.listener = listener;
		this.stop = CompletableFuture.anyOf(stop, this.closed);
	}

	@Nullable Connection ifOpen() {
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
			if (PropagatedContext.isCancellable()) {
				lockUnlessCancelled(deadline);
			}
			else if (!deadline.limited()) {
				this.discovering.lockInterruptibly();
			}
			else if (!this.discovering.tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
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
	 * Polls for the cancellation of the handler's message while it waits for the lock.
	 */
	private void lockUnlessCancelled(CallDeadline deadline) throws InterruptedException {
		PropagatedContext.checkCancelled();
		while (!this.discovering.tryLock(lookNanos(deadline), TimeUnit.NANOSECONDS)) {
			PropagatedContext.checkCancelled();
			if (deadline.isOver()) {
				throw this.target.notFound(deadline.waited());
			}
		}
	}

	private static long lookNanos(CallDeadline deadline) {
		long look = TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
		return deadline.limited() ? Math.min(look, deadline.left().toNanos()) : look;
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
			while (!this.discovering.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
				PropagatedContext.checkCancelled();
				boolean inTime = System.nanoTime() - start < Connector.TIMEOUT.toNanos();
				if (!inTime || !this.target.isKnown()) {
					return false;
				}
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Performs {@link #get} on a thread of its own, shared by all callers that do not
	 * wait.
	 */
	CompletableFuture<Connection> getAsync() {
		return this.found.begin();
	}

	/**
	 * Performs {@link #getAnother} on a thread of its own, shared by all callers that do
	 * not wait.
	 */
	CompletableFuture<Optional<Connection>> getAnotherAsync() {
		return this.others.begin();
	}

	/**
	 * Counts a call that begins to wait for a connection and whose caller does not wait.
	 * @throws AdaptiveException with {@link ErrorCode#RESOURCE_EXHAUSTED} if too many
	 * wait
	 */
	void beginWaiting() {
		this.waitingCalls.add(this.target);
	}

	/**
	 * Counts a call out that no longer waits for a connection.
	 */
	void endWaiting() {
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
		found.onAnswerDropped((answer) -> {
			ConnectionLog.answerDropped(found.info(), answer);
			tell(() -> this.listener.answerDropped(found.info(), answer));
		});
		leaveOpen(this.connection);
		this.connection = found;
		// After the field is set: otherwise a timeout set in the meantime would be lost.
		found.setReceiveTimeout(this.receiveTimeout);
		if (!isWanted()) {
			found.close();
		}
		checkWanted();
		keepOthersKnown(found);
		ConnectionLog.connected(found.info(), again);
		tell(found);
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

	/**
	 * Keeps a replaced connection until it ends: its instance may be leaving, which may
	 * take long.
	 */
	private void leaveOpen(@Nullable MultiplexedConnection before) {
		this.left.removeIf(MultiplexedConnection::hasEnded);
		if (before != null && !before.hasEnded()) {
			this.left.add(before);
		}
	}

	private void tell(MultiplexedConnection found) {
		tell(() -> this.listener.connected(found.info()));
		CompletionStage<?> unused = found.whenClosed().thenAccept((cause) -> {
			ConnectionLog.ended(found.info(), cause);
			tell(() -> this.listener.lost(found.info(), cause));
		});
	}

	private void tell(Runnable event) {
		if (this.listener == DiscoveringClient.NOBODY) {
			return;
		}
		this.events.execute((done) -> callbacks().execute(() -> {
			try {
				event.run();
			}
			finally {
				done.run();
			}
		}));
	}

	Executor callbacks() {
		return this.target.connector().callbacks();
	}

	CallerContext callerContext() {
		return this.target.connector().callerContext();
	}

	AdaptiveException notFound(Duration waited) {
		return this.target.notFound(waited);
	}

	boolean isWanted() {
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
		this.left.forEach(Connection::close);
	}

	@Override
	public String toString() {
		Connection current = this.connection;
		return (current != null) ? current.toString() : "connection to %s, not used yet".formatted(this.target);
	}

}
