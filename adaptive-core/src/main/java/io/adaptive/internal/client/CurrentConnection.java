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
 * Which instance a reconnecting connection leads to at the moment.
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

	/** Leads to an instance that is not known any more. */
	private volatile @Nullable MultiplexedConnection abandoned;

	/** Connections that were left for another one and have not ended yet. */
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
	 * Returns the connection, waiting for the service where there is none. To wait for
	 * another caller that discovers is part of the time that is limited, and told.
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
	 * Looks from time to time whether the handler that calls still waits.
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
	 * Whoever discovers with nothing known waits for an instance to appear.
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
	 * Does as {@link #get}, but on a thread of its own, one for all who do not wait.
	 */
	CompletableFuture<Connection> getAsync() {
		return this.found.begin();
	}

	/**
	 * Does as {@link #getAnother}, but on a thread of its own, one for all who do not
	 * wait.
	 */
	CompletableFuture<Optional<Connection>> getAnotherAsync() {
		return this.others.begin();
	}

	/**
	 * A call whose caller does not wait begins to wait for a connection.
	 * @throws AdaptiveException with {@link ErrorCode#RESOURCE_EXHAUSTED} if too many
	 * wait
	 */
	void beginWaiting() {
		this.waitingCalls.add(this.target);
	}

	/**
	 * A call waits no longer for a connection.
	 */
	void endWaiting() {
		this.waitingCalls.remove();
	}

	/**
	 * Returns the connection that was used last, be it open or not.
	 */
	Connection last() {
		Connection current = this.connection;
		return (current != null) ? current : get(CallDeadline.NONE);
	}

	/**
	 * Returns the connection that was used last, {@code null} if there was none.
	 */
	@Nullable Connection ifUsed() {
		return this.connection;
	}

	/**
	 * Connects, unless somebody else just has. For who holds the lock.
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
	 * Leads to a connection from now on. For who holds the lock.
	 */
	private Connection lead(MultiplexedConnection found, boolean again) {
		found.keepNoAnswers();
		found.onAnswerDropped((answer) -> {
			ConnectionLog.answerDropped(found.info(), answer);
			tell(() -> this.listener.answerDropped(found.info(), answer));
		});
		leaveOpen(this.connection);
		this.connection = found;
		// Last, or one that is set meanwhile would be lost.
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
	 * An instance that is known to be gone may have a connection for long, until its
	 * silence is noticed. What is open on it stays; what is new goes to another.
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
	 * Leads to the connection by another address, unless it leads elsewhere by now.
	 * @return whether it does
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
	 * So that there is one at hand when it is needed.
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
	 * One whose instance is leaving takes no new calls, and may last for long.
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
