package io.adaptive.internal.builtin.root;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.stream.ConnectionInfo;

/**
 * Connection to a root registry, with its limits.
 */
final class Registrant {

	/** Maximum number of watches of one connection. */
	static final int MAX_WATCHES = 1000;

	/** Burst of requests that is accepted, as at the start of a program. */
	private static final int BURST = 1000;

	private static final long NANOS_PER_REQUEST = 5_000_000;

	private final ConnectionInfo connection;

	private final LongSupplier nanos;

	private final AtomicInteger watches = new AtomicInteger();

	private final AtomicBoolean registering = new AtomicBoolean();

	/** Time at which the full burst is available again. */
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
	 * @throws AdaptiveException if the rate limit is exceeded
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
	 * @throws AdaptiveException if another one is running
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
	 * Sets the lease of the connection.
	 * @return whether the connection is still open
	 */
	synchronized boolean registered(long epoch) {
		this.epoch = epoch;
		return !this.closed;
	}

	/**
	 * Records the end of the connection.
	 * @return its lease, zero if it has none
	 */
	synchronized long close() {
		this.closed = true;
		return this.epoch;
	}

}
