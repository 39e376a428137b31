package io.adaptive.network.program;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.network.lab.Event;

/**
 * What became of the calls. A call counts in the phase in which it began, however long it
 * takes.
 */
final class CallCount {

	private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(30);

	private Phase phase = new Phase();

	private String by = "";

	private boolean awaited;

	synchronized Call begin() {
		return new Call(this.phase);
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
		Phase current = this.phase;
		long wanted = current.answered + more;
		long start = System.nanoTime();
		while (current.answered < wanted && System.nanoTime() - start < LONGEST_WAIT) {
			pause();
		}
		Event.print("counted", "answered", current.answered);
	}

	/**
	 * Begins a new phase, waits until the calls of the one before have ended, 30 seconds
	 * at most, and prints what became of them.
	 */
	synchronized void nextPhase() {
		Phase last = this.phase;
		last.gap(System.nanoTime());
		this.phase = new Phase();
		long start = System.nanoTime();
		while (last.waiting > 0 && System.nanoTime() - start < LONGEST_WAIT) {
			pause();
		}
		last.print();
	}

	private void pause() {
		try {
			wait(10);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * One call.
	 */
	final class Call {

		private final Phase of;

		private final long begun = System.nanoTime();

		private Call(Phase of) {
			this.of = of;
			this.of.waiting++;
		}

		void answered(Pong pong) {
			synchronized (CallCount.this) {
				long now = System.nanoTime();
				this.of.waiting--;
				this.of.answered++;
				this.of.slowest = Math.max(this.of.slowest, now - this.begun);
				long gap = CallCount.this.phase.gap(now);
				answeredBy(pong.host(), gap);
			}
		}

		private void answeredBy(String host, long gap) {
			if (CallCount.this.awaited) {
				CallCount.this.awaited = false;
				Event.print("answer");
			}
			if (!host.equals(CallCount.this.by)) {
				CallCount.this.by = host;
				Event.print("answered", "by", host, "gap", TimeUnit.NANOSECONDS.toMillis(gap));
			}
		}

		void failed(Throwable error) {
			synchronized (CallCount.this) {
				this.of.waiting--;
				this.of.failed(error);
			}
		}

	}

	/**
	 * Calls that began one after the other.
	 */
	private static final class Phase {

		private final Map<Delivery, Long> failed = new EnumMap<>(Delivery.class);

		private long answered;

		private long other;

		private long waiting;

		private long slowest;

		private long lastAnswer = System.nanoTime();

		private long longestGap;

		long gap(long now) {
			long gap = now - this.lastAnswer;
			this.longestGap = Math.max(this.longestGap, gap);
			this.lastAnswer = now;
			return gap;
		}

		void failed(Throwable error) {
			if (this.failed.isEmpty() && this.other == 0) {
				System.out.println("the first failed call: " + error);
			}
			if (error instanceof AdaptiveException known) {
				this.failed.merge(known.delivery(), 1L, Long::sum);
			}
			else {
				this.other++;
			}
		}

		void print() {
			Event.print("summary", "answered", this.answered, "notSent", count(Delivery.NOT_SENT), "notProcessed",
					count(Delivery.NOT_PROCESSED), "unknown", count(Delivery.UNKNOWN), "other", this.other, "waiting",
					this.waiting, "slowest", TimeUnit.NANOSECONDS.toMillis(this.slowest), "gap",
					TimeUnit.NANOSECONDS.toMillis(this.longestGap));
		}

		private long count(Delivery delivery) {
			return this.failed.getOrDefault(delivery, 0L);
		}

	}

}
