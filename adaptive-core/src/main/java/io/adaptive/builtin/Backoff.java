package io.adaptive.builtin;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait before the next attempt: twice as long each time, up to a limit, and
 * by chance up to half as long, so that those who lost something together do not come
 * back together. For one thread.
 */
final class Backoff {

	private final long first;

	private final long limit;

	private long next;

	Backoff(long firstMillis, long limitMillis) {
		this.first = TimeUnit.MILLISECONDS.toNanos(firstMillis);
		this.limit = TimeUnit.MILLISECONDS.toNanos(limitMillis);
		this.next = this.first;
	}

	long nextNanos() {
		long full = this.next;
		this.next = Math.min(this.limit, full * 2);
		return full - ThreadLocalRandom.current().nextLong(full / 2 + 1);
	}

	void reset() {
		this.next = this.first;
	}

}
