package io.adaptive.internal.beacon;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.adaptive.internal.log.KeyValueLogger;

/**
 * Counters of dropped datagrams by reason. Logs at most one line a minute for each
 * reason, and none for {@link DropReason#UNPROVEN}, which is part of every first contact.
 */
final class DropCounters {

	private static final KeyValueLogger logger = KeyValueLogger.of(DropCounters.class);

	private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final Map<DropReason, Long> counts = new EnumMap<>(DropReason.class);

	private final Map<DropReason, Long> nextLog = new EnumMap<>(DropReason.class);

	void count(DropReason reason, Object from, String detail, long now) {
		long count = this.counts.merge(reason, 1L, Long::sum);
		if (reason == DropReason.UNPROVEN) {
			// Every sender is unproven at first.
			return;
		}
		if (now >= this.nextLog.getOrDefault(reason, now)) {
			this.nextLog.put(reason, now + LOG_NANOS);
			logger.warn("dropped datagram scope=LAN reason={} address={} detail=\"{}\" count={}", reason, from, detail,
					count);
		}
	}

	long count(DropReason reason) {
		return this.counts.getOrDefault(reason, 0L);
	}

	/**
	 * Returns all counts, with the reasons in lower case and in order.
	 */
	Map<String, Long> named() {
		Map<String, Long> named = new TreeMap<>();
		this.counts.forEach((reason, count) -> named.put(reason.name().toLowerCase(Locale.ROOT), count));
		return named;
	}

}
