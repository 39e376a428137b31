package io.adaptive.benchmark.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

import io.adaptive.benchmark.contestant.Bodies;
import io.adaptive.benchmark.contestant.Caller;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One caller. On a schedule a call counts from when it was due, so that a call that was
 * late because of the one before it is not left out.
 */
final class CallLoop implements Runnable {

	private static final int DIGITS = 3;

	private final Caller caller;

	private final byte[] body;

	private final int replySize;

	private final Phase phase;

	private final CountDownLatch finished;

	/** Zero for as fast as it can. */
	private final long intervalNanos;

	private final long firstNanos;

	private final Histogram histogram = new Histogram(DIGITS);

	private long allCalls;

	private @Nullable RuntimeException failure;

	CallLoop(Caller caller, int requestSize, int replySize, Phase phase, CountDownLatch finished, long intervalNanos,
			long offsetNanos) {
		this.caller = caller;
		this.body = Bodies.of(requestSize);
		this.replySize = replySize;
		this.phase = phase;
		this.finished = finished;
		this.intervalNanos = intervalNanos;
		this.firstNanos = System.nanoTime() + offsetNanos;
	}

	@Override
	public void run() {
		try {
			if (this.intervalNanos == 0) {
				callOnAndOn();
			}
			else {
				callOnSchedule();
			}
		}
		catch (RuntimeException ex) {
			this.failure = ex;
		}
		finally {
			this.finished.countDown();
		}
	}

	private void callOnAndOn() {
		long start = System.nanoTime();
		while (!this.phase.isOver()) {
			call();
			long end = System.nanoTime();
			count(end - start);
			start = end;
		}
	}

	private void callOnSchedule() {
		long due = this.firstNanos;
		while (!this.phase.isOver()) {
			for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
				LockSupport.parkNanos(early);
			}
			call();
			count(System.nanoTime() - due);
			due += this.intervalNanos;
		}
	}

	private void call() {
		byte[] reply = this.caller.call(this.body, this.replySize);
		if (reply.length != this.replySize) {
			throw new IllegalStateException(
					"A reply of %d bytes instead of %d".formatted(reply.length, this.replySize));
		}
		this.allCalls++;
	}

	private void count(long nanos) {
		if (this.phase.isCounting()) {
			this.histogram.recordValue(nanos);
		}
	}

	/**
	 * Returns the times of the calls within the window. Once finished only.
	 */
	Histogram histogram() {
		if (this.failure != null) {
			throw this.failure;
		}
		return this.histogram;
	}

	long allCalls() {
		return this.allCalls;
	}

	void close() {
		this.caller.close();
	}

}
