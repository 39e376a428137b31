package io.adaptive.internal.transport;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.ErrorCode;
import reactor.core.publisher.Mono;

/**
 * Gate for work on the event loops of a transport: after it is closed, no channel is
 * registered on loops that end, and none are created in their place. Thread-safe.
 */
final class DialGate {

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();

	/** Guarded by the lock. */
	private boolean closed;

	/**
	 * Subscribes to a connection attempt.
	 * @param result fails if the transport is closed before it is complete
	 */
	@SuppressWarnings("CollectionUndefinedEquality") // each is itself
	void begin(Mono<?> connected, CompletableFuture<?> result) {
		this.lock.lock();
		try {
			if (this.closed) {
				result.completeExceptionally(nodeClosed());
				return;
			}
			this.pending.add(result);
			result.whenComplete((link, error) -> this.pending.remove(result));
			connected.subscribe();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Runs work that needs event loops, unless the transport is closed.
	 * @param work must not block
	 */
	void run(Runnable work) {
		this.lock.lock();
		try {
			if (!this.closed) {
				work.run();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Closes the gate.
	 */
	void close() {
		this.lock.lock();
		try {
			this.closed = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Fails the pending connection attempts.
	 */
	void failPending() {
		this.pending.forEach((result) -> result.completeExceptionally(nodeClosed()));
	}

	private static ConnectionRefusedException nodeClosed() {
		return new ConnectionRefusedException(ErrorCode.UNAVAILABLE, "Cannot connect, this node is closed");
	}

}
