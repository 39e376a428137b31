package io.adaptive.benchmark.micro;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.message.Priority;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From the thread that brings a message, through the mailbox, to a worker. The mailbox
 * has no public type of its own, so it is measured where it works.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandOverBenchmark {

	private static final int BURST = 256;

	private final WorkerPool workers = new WorkerPool(WorkerKind.AUTO, ScaleFactors.DEFAULT, false);

	/**
	 * Ends the workers.
	 */
	@TearDown
	public void close() {
		this.workers.close();
	}

	/**
	 * Hands over one work and waits for it.
	 * @throws InterruptedException if interrupted
	 */
	@Benchmark
	public void one() throws InterruptedException {
		handOver(1);
	}

	/**
	 * Hands over many at a time.
	 * @throws InterruptedException if interrupted
	 */
	@Benchmark
	@OperationsPerInvocation(BURST)
	public void burst() throws InterruptedException {
		handOver(BURST);
	}

	private void handOver(int count) throws InterruptedException {
		CountDownLatch done = new CountDownLatch(count);
		for (int i = 0; i < count; i++) {
			this.workers.execute(Priority.NORMAL, done::countDown);
		}
		done.await();
	}

}
