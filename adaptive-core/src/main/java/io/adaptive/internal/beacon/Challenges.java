package io.adaptive.internal.beacon;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.adaptive.message.ServicePattern;

/**
 * Liveness checks of new senders: a sender is asked to return the current token, which
 * the replay of recorded datagrams cannot contain.
 */
final class Challenges {

	private static final int MAX_WAITING = 256;

	private static final int MAX_PATTERNS = 16;

	private static final long TOKEN_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final long[] REPEAT_NANOS = { TimeUnit.MILLISECONDS.toNanos(40), TimeUnit.MILLISECONDS.toNanos(80),
			TimeUnit.MILLISECONDS.toNanos(160) };

	private final Map<Long, Challenge> waiting = new LinkedHashMap<>();

	private final RandomGenerator random;

	private long token;

	private long tokenBefore;

	private long tokenUntil;

	Challenges(RandomGenerator random, long now) {
		this.random = random;
		this.token = draw();
		this.tokenBefore = this.token;
		this.tokenUntil = now + TOKEN_NANOS;
	}

	private long draw() {
		long drawn = this.random.nextLong();
		return (drawn != 0) ? drawn : 1;
	}

	/**
	 * Returns the token that a new answer has to contain.
	 */
	long token(long now) {
		if (now >= this.tokenUntil) {
			boolean recent = now < this.tokenUntil + TOKEN_NANOS;
			long drawn = draw();
			this.tokenBefore = recent ? this.token : drawn;
			this.token = drawn;
			this.tokenUntil = now + TOKEN_NANOS;
		}
		return this.token;
	}

	boolean isNew(long answered, long now) {
		long current = token(now);
		return answered == current || answered == this.tokenBefore;
	}

	/**
	 * Starts to challenge a sender, unless a challenge is running.
	 */
	void add(Datagram datagram, Datagram.Report report, InetSocketAddress sender, long now) {
		if (this.waiting.size() < MAX_WAITING) {
			List<ServicePattern> patterns = (report.services().size() > MAX_PATTERNS) ? List.of(ServicePattern.ALL)
					: report.services().stream().map(ServicePattern::of).toList();
			this.waiting.computeIfAbsent(datagram.nonce(), (absent) -> new Challenge(sender, patterns, now));
		}
	}

	void remove(long nonce) {
		this.waiting.remove(nonce);
	}

	List<Challenge> due(long now) {
		List<Challenge> due = new ArrayList<>();
		for (Iterator<Challenge> all = this.waiting.values().iterator(); all.hasNext();) {
			Challenge each = all.next();
			if (each.next > now) {
				continue;
			}
			if (each.sent > REPEAT_NANOS.length) {
				all.remove();
				continue;
			}
			due.add(each);
			each.next = now + REPEAT_NANOS[Math.min(each.sent, REPEAT_NANOS.length - 1)];
			each.sent++;
		}
		return due;
	}

	long nextDue() {
		return this.waiting.values().stream().mapToLong((each) -> each.next).min().orElse(Long.MAX_VALUE);
	}

	/**
	 * Challenge of one sender.
	 */
	static final class Challenge {

		private final InetSocketAddress sender;

		private final List<ServicePattern> patterns;

		private long next;

		private int sent;

		private Challenge(InetSocketAddress sender, List<ServicePattern> patterns, long now) {
			this.sender = sender;
			this.patterns = patterns;
			this.next = now;
		}

		InetSocketAddress sender() {
			return this.sender;
		}

		List<ServicePattern> patterns() {
			return this.patterns;
		}

	}

}
