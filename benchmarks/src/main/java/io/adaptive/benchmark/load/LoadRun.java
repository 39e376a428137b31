package io.adaptive.benchmark.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.adaptive.benchmark.contestant.CallerThreads;
import io.adaptive.benchmark.contestant.Connected;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Puts one load on one connection.
 */
public final class LoadRun {

	private static final long PATIENCE_SECONDS = 30;

	private final Load load;

	private final Phase phase = new Phase();

	private final CountDownLatch finished;

	private final CountDownLatch read = new CountDownLatch(1);

	private final List<CallLoop> loops = new ArrayList<>();

	private @Nullable CallLoop beside;

	private LoadRun(Load load) {
		this.load = load;
		this.finished = new CountDownLatch(load.callers() + ((load.besideSize() > 0) ? 1 : 0));
	}

	/**
	 * Runs a load.
	 * @param connection carries the calls
	 * @param load the load
	 * @return what it came to
	 * @throws InterruptedException if the thread is interrupted
	 * @throws IllegalStateException if a call failed, or the callers do not come back
	 */
	public static LoadResult run(Connected connection, Load load) throws InterruptedException {
		return new LoadRun(load).run(connection);
	}

	private LoadResult run(Connected connection) throws InterruptedException {
		Usage before = Usage.now();
		start(connection);
		Thread.sleep(this.load.rampMillis());
		this.phase.count();
		long start = System.nanoTime();
		Thread.sleep(this.load.windowMillis());
		this.phase.end();
		boolean back = this.finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
		long nanos = System.nanoTime() - start;
		// Threads that have ended are not counted any more, so they wait for this.
		Usage usage = Usage.now().since(before);
		this.read.countDown();
		if (!back) {
			throw new IllegalStateException(this.finished.getCount() + " callers do not come back");
		}
		return result(nanos, usage);
	}

	private void start(Connected connection) {
		ThreadFactory threads = CallerThreads.factory(this.load.virtual(), "caller");
		long interval = (this.load.rate() > 0) ? TimeUnit.SECONDS.toNanos(1) * this.load.callers() / this.load.rate()
				: 0;
		for (int i = 0; i < this.load.callers(); i++) {
			this.loops.add(new CallLoop(connection.newCaller(), this.load.requestSize(), this.load.replySize(),
					this.phase, this.finished, interval, interval * i / this.load.callers()));
		}
		this.loops.forEach((loop) -> start(threads, loop));
		if (this.load.besideSize() > 0) {
			CallLoop large = new CallLoop(connection.newCaller(), this.load.besideSize(), this.load.besideSize(),
					this.phase, this.finished, 0, 0);
			this.beside = large;
			start(threads, large);
		}
	}

	private void start(ThreadFactory threads, CallLoop loop) {
		threads.newThread(() -> {
			loop.run();
			awaitReading();
		}).start();
	}

	private void awaitReading() {
		try {
			this.read.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private LoadResult result(long nanos, Usage usage) {
		Histogram all = new Histogram(3);
		int idle = 0;
		long calls = 0;
		for (CallLoop loop : this.loops) {
			all.add(loop.histogram());
			calls += loop.allCalls();
			idle += (loop.histogram().getTotalCount() == 0) ? 1 : 0;
			loop.close();
		}
		long besideCalls = 0;
		if (this.beside != null) {
			besideCalls = this.beside.histogram().getTotalCount();
			this.beside.close();
		}
		return new LoadResult(Math.round(all.getTotalCount() * 1e9 / nanos), all.getValueAtPercentile(50),
				all.getValueAtPercentile(99), all.getValueAtPercentile(99.9), calls, idle, besideCalls, usage);
	}

}
