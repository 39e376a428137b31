package io.adaptive.internal.transport;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.ErrorCode;
import reactor.core.publisher.Mono;

/**
 * Begins work on the event loops of a transport until that is closed: event loops that
 * end must not be handed a channel, nor others be made in their place. For any number of
 * threads.
 */
final class DialGate {

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();

	/** Guarded by the lock. */
	private boolean closed;

	/**
	 * Begins to connect.
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
	 * Does something that needs event loops, unless the transport is closed.
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
	 * Begins nothing more.
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
	 * Ends what has begun and is not complete.
	 */
	void failPending() {
		this.pending.forEach((result) -> result.completeExceptionally(nodeClosed()));
	}

	private static ConnectionRefusedException nodeClosed() {
		return new ConnectionRefusedException(ErrorCode.UNAVAILABLE, "Cannot connect, this node is closed");
	}

}
