package io.adaptive.network.program;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.network.lab.Event;

/**
 * What became of the calls since the last look.
 */
final class CallCount {

	private final Map<Delivery, Long> failed = new EnumMap<>(Delivery.class);

	private long answered;

	private long other;

	private long waiting;

	private long slowest;

	private long lastAnswer = System.nanoTime();

	private long longestGap;

	private String by = "";

	synchronized void begun() {
		this.waiting++;
	}

	synchronized void answered(Pong pong, long begun) {
		long now = System.nanoTime();
		this.waiting--;
		this.answered++;
		this.slowest = Math.max(this.slowest, now - begun);
		long gap = now - this.lastAnswer;
		this.longestGap = Math.max(this.longestGap, gap);
		this.lastAnswer = now;
		if (!pong.host().equals(this.by)) {
			this.by = pong.host();
			Event.print("answered", "by", this.by, "gap", gap / 1_000_000);
		}
	}

	synchronized void failed(Throwable error) {
		this.waiting--;
		boolean first = this.failed.isEmpty() && this.other == 0;
		if (error instanceof AdaptiveException known) {
			this.failed.merge(known.delivery(), 1L, Long::sum);
		}
		else {
			this.other++;
		}
		if (first) {
			System.out.println("the first failed call: " + error);
		}
	}

	/**
	 * Waits until no call waits, a minute at most.
	 */
	synchronized void settle() {
		long start = System.nanoTime();
		try {
			while (this.waiting > 0 && System.nanoTime() - start < TimeUnit.MINUTES.toNanos(1)) {
				wait(100);
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		Event.print("settled", "waiting", this.waiting);
	}

	/**
	 * Prints the counts and begins again; calls that wait are counted when they end.
	 */
	synchronized void print() {
		this.longestGap = Math.max(this.longestGap, System.nanoTime() - this.lastAnswer);
		Event.print("summary", "answered", this.answered, "notSent", count(Delivery.NOT_SENT), "notProcessed",
				count(Delivery.NOT_PROCESSED), "unknown", count(Delivery.UNKNOWN), "other", this.other, "waiting",
				this.waiting, "slowest", this.slowest / 1_000_000, "gap", this.longestGap / 1_000_000);
		this.failed.clear();
		this.answered = 0;
		this.other = 0;
		this.slowest = 0;
		this.longestGap = 0;
		this.lastAnswer = System.nanoTime();
	}

	private long count(Delivery delivery) {
		return this.failed.getOrDefault(delivery, 0L);
	}

}
