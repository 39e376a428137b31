package io.adaptive.internal.builtin.root;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.AdaptiveException;
import io.adaptive.stream.ConnectionInfo;

/**
 * Counter of the requests that a registry refuses, with a rate limit of their log lines.
 */
final class Refusals {

	private static final KeyValueLogger logger = KeyValueLogger.of(Refusals.class);

	private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final LongSupplier nanos;

	private final AtomicLong count = new AtomicLong();

	private final AtomicLong nextLine;

	private final AtomicLong logged = new AtomicLong();

	Refusals(LongSupplier nanos) {
		this.nanos = nanos;
		this.nextLine = new AtomicLong(nanos.getAsLong());
	}

	long count() {
		return this.count.get();
	}

	/**
	 * Records a refusal.
	 * @return the reason, to be thrown
	 */
	AdaptiveException add(ConnectionInfo from, AdaptiveException reason) {
		long total = this.count.incrementAndGet();
		long now = this.nanos.getAsLong();
		long next = this.nextLine.get();
		if (now - next >= 0 && this.nextLine.compareAndSet(next, now + PAUSE_NANOS)) {
			long before = this.logged.getAndSet(total);
			logger.warn("root registry refused node={} address={} refused={} reason=\"{}\"", from.peer(),
					from.peerAddress(), total - before, reason.getMessage());
		}
		return reason;
	}

}
