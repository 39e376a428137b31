package io.adaptive.internal.builtin.root;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.stream.ConnectionInfo;

/**
 * One connection to a root registry, with what it may use of it.
 */
final class Registrant {

	/** How many watches one connection may have. */
	static final int MAX_WATCHES = 1000;

	/** So many requests in a row are nothing bad, when a program starts. */
	private static final int BURST = 1000;

	private static final long NANOS_PER_REQUEST = 5_000_000;

	private final ConnectionInfo connection;

	private final LongSupplier nanos;

	private final AtomicInteger watches = new AtomicInteger();

	private final AtomicBoolean registering = new AtomicBoolean();

	/** When all of the burst is there again. */
	private long full;

	private long epoch;

	private boolean closed;

	Registrant(ConnectionInfo connection, LongSupplier nanos) {
		this.connection = connection;
		this.nanos = nanos;
		this.full = nanos.getAsLong();
	}

	ConnectionInfo connection() {
		return this.connection;
	}

	/**
	 * Counts a request.
	 * @throws AdaptiveException if there were too many
	 */
	synchronized void request() {
		long now = this.nanos.getAsLong();
		long full = Math.max(this.full, now) + NANOS_PER_REQUEST;
		if (full - now > BURST * NANOS_PER_REQUEST) {
			throw new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED,
					"Too many requests on one connection; %s a second are served"
						.formatted(1_000_000_000 / NANOS_PER_REQUEST));
		}
		this.full = full;
	}

	/**
	 * Begins a registration.
	 * @throws AdaptiveException if one is going on
	 */
	void beginRegistration() {
		if (!this.registering.compareAndSet(false, true)) {
			throw new AdaptiveException(ErrorCode.FAILED_PRECONDITION,
					"This connection is registering already; wait for the answer");
		}
	}

	void endRegistration() {
		this.registering.set(false);
	}

	void beginWatch() {
		if (this.watches.incrementAndGet() > MAX_WATCHES) {
			this.watches.decrementAndGet();
			throw new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED,
					"One connection may have %s watches".formatted(MAX_WATCHES));
		}
	}

	void endWatch() {
		this.watches.decrementAndGet();
	}

	/**
	 * Notes the lease, in whose name the connection speaks from now on.
	 * @return whether the connection is still there
	 */
	synchronized boolean registered(long epoch) {
		this.epoch = epoch;
		return !this.closed;
	}

	/**
	 * The connection has ended.
	 * @return its lease, zero if it has none
	 */
	synchronized long close() {
		this.closed = true;
		return this.epoch;
	}

}
