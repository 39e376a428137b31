package io.adaptive.network.program;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

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

	private boolean awaited;

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
		if (this.awaited) {
			this.awaited = false;
			Event.print("answer");
		}
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
	 * Tells of the next answer.
	 */
	synchronized void await() {
		this.awaited = true;
	}

	/**
	 * Waits until there are more answers, 30 seconds at most.
	 */
	synchronized void awaitAnswers(long more) {
		long wanted = this.answered + more;
		awaitThat(() -> this.answered >= wanted);
		Event.print("counted", "answered", this.answered);
	}

	/**
	 * Waits until no call waits, 30 seconds at most.
	 */
	synchronized void settle() {
		awaitThat(() -> this.waiting == 0);
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

	private void awaitThat(BooleanSupplier condition) {
		long start = System.nanoTime();
		try {
			while (!condition.getAsBoolean() && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(30)) {
				wait(10);
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private long count(Delivery delivery) {
		return this.failed.getOrDefault(delivery, 0L);
	}

}
