package io.adaptive.internal.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.adaptive.internal.message.TimeLimit;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;
import io.adaptive.raw.RawConnection;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of one owner. Thread-safe.
 */
public final class ConnectionSet {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition empty = this.lock.newCondition();

	private final Set<MultiplexedConnection> connections = new HashSet<>();

	private final ConnectionsByPeer byPeer = new ConnectionsByPeer();

	private final Set<RawConnection> rawConnections = new HashSet<>();

	/** The cause for which all are closed, {@code null} before. */
	private @Nullable ErrorInfo closed;

	/**
	 * Adds a connection, which is removed when it ends. After {@link #beginClosing}, it
	 * is closed with the same cause.
	 * @param connection the connection
	 */
	public void add(MultiplexedConnection connection) {
		ErrorInfo late;
		this.lock.lock();
		try {
			this.connections.add(connection);
			this.byPeer.add(connection);
			late = this.closed;
		}
		finally {
			this.lock.unlock();
		}
		CompletionStage<?> unused = connection.whenClosed().thenAccept((cause) -> remove(connection));
		if (late != null) {
			connection.close(late);
		}
	}

	/**
	 * Adds a raw connection, which is removed when it ends. After {@link #beginClosing},
	 * it is closed with the same cause.
	 * @param connection the connection
	 */
	public void add(RawConnection connection) {
		ErrorInfo late;
		this.lock.lock();
		try {
			this.rawConnections.add(connection);
			late = this.closed;
		}
		finally {
			this.lock.unlock();
		}
		CompletionStage<?> unused = connection.whenClosed().thenAccept((cause) -> remove(connection));
		if (late != null) {
			connection.close(late);
		}
	}

	private void remove(MultiplexedConnection connection) {
		this.lock.lock();
		try {
			this.connections.remove(connection);
			this.byPeer.remove(connection);
			signalIfEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void remove(RawConnection connection) {
		this.lock.lock();
		try {
			this.rawConnections.remove(connection);
			signalIfEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the current connections.
	 * @return a copy
	 */
	public Collection<MultiplexedConnection> all() {
		this.lock.lock();
		try {
			return List.copyOf(this.connections);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the open connections to a service of a node.
	 * @param peer the node
	 * @param service the service
	 * @return a copy
	 */
	public List<MultiplexedConnection> openTo(Instance peer, ServiceName service) {
		this.lock.lock();
		try {
			return this.byPeer.open(peer, service);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns whether there is an open connection to a service of a node. The cost does
	 * not depend on their number.
	 * @param peer the node
	 * @param service the service
	 * @return whether there is one
	 */
	public boolean hasOpenTo(Instance peer, ServiceName service) {
		this.lock.lock();
		try {
			return this.byPeer.hasOpen(peer, service);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void signalIfEmpty() {
		if (isEmpty()) {
			this.empty.signalAll();
		}
	}

	private boolean isEmpty() {
		return this.connections.isEmpty() && this.rawConnections.isEmpty();
	}

	private Collection<RawConnection> allRaw() {
		this.lock.lock();
		try {
			return List.copyOf(this.rawConnections);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Closes all connections, without waiting, and those that are added later.
	 * @param cause the cause
	 */
	public void beginClosing(ErrorInfo cause) {
		this.lock.lock();
		try {
			this.closed = cause;
		}
		finally {
			this.lock.unlock();
		}
		all().forEach((connection) -> connection.close(cause));
		allRaw().forEach((connection) -> connection.close(cause));
	}

	/**
	 * Closes all connections, and those that are added later, and waits until everything
	 * sent has left.
	 * @param cause the cause
	 * @param timeout the maximum time to wait
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public void close(ErrorInfo cause, Duration timeout) throws InterruptedException {
		beginClosing(cause);
		long remaining = TimeLimit.nanos(timeout);
		this.lock.lockInterruptibly();
		try {
			while (!isEmpty() && remaining > 0) {
				remaining = this.empty.awaitNanos(remaining);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
