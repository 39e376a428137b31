package io.adaptive.internal.beacon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.adaptive.message.ServicePattern;

/**
 * Patterns that callers of this node wait for, with the schedule of their queries: the
 * first at once, then at growing intervals for as long as there is a caller.
 */
final class PendingQueries {

	private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

	private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(3);

	private final Map<ServicePattern, Question> open = new LinkedHashMap<>();

	private final RandomGenerator random;

	PendingQueries(RandomGenerator random) {
		this.random = random;
	}

	void open(ServicePattern pattern, long now) {
		this.open.computeIfAbsent(pattern, (absent) -> new Question(now)).asking++;
	}

	/**
	 * Queries at once and at short intervals again, because the answer may have changed.
	 */
	void hurry(ServicePattern pattern, long now) {
		Question question = this.open.get(pattern);
		if (question != null) {
			question.restart(now);
		}
	}

	void hurryAll(long now) {
		this.open.values().forEach((question) -> question.restart(now));
	}

	void close(ServicePattern pattern) {
		Question question = this.open.get(pattern);
		if (question != null && --question.asking == 0) {
			this.open.remove(pattern);
		}
	}

	Set<ServicePattern> patterns() {
		return this.open.keySet();
	}

	/**
	 * Returns the patterns whose query is due.
	 */
	List<ServicePattern> due(long now) {
		List<ServicePattern> due = new ArrayList<>();
		this.open.forEach((pattern, question) -> {
			if (question.next <= now) {
				due.add(pattern);
				double jitter = 0.8 + 0.4 * this.random.nextDouble();
				question.next = now + (long) (question.interval * jitter);
				question.interval = Math.min(LAST_NANOS, 2 * question.interval);
			}
		});
		return due;
	}

	long nextDue() {
		return this.open.values().stream().mapToLong((question) -> question.next).min().orElse(Long.MAX_VALUE);
	}

	private static final class Question {

		private int asking;

		private long next;

		private long interval = FIRST_NANOS;

		private Question(long now) {
			this.next = now;
		}

		private void restart(long now) {
			this.next = now;
			this.interval = FIRST_NANOS;
		}

	}

}
