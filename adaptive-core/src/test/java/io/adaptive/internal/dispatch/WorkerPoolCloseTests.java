package io.adaptive.internal.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.adaptive.fixture.OwnThread;
import io.adaptive.fixture.SlowTest;
import io.adaptive.message.Priority;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * How a pool ends.
 */
@Timeout(60)
class WorkerPoolCloseTests {

	private static WorkerPool pool(WorkerKind kind) {
		ScaleFactors three = ScaleFactors.DEFAULT.withResidentWorkers(3);
		// The clock stands still: nobody ends before.
		return new WorkerPool(new WorkerThreads(kind), three, false, () -> 0);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void aClosedPoolRefusesWork(WorkerKind kind) {
		WorkerPool pool = pool(kind);
		pool.close();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.execute(Priority.HIGH, () -> {
		})).withMessage("The worker pool is closed");
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void workersHaveEndedWhenCloseReturns(WorkerKind kind) throws Exception {
		for (int round = 0; round < 50; round++) {
			WorkerPool pool = pool(kind);
			List<Thread> workers = occupy(pool, 5);
			pool.close();
			assertThat(workers).noneMatch(Thread::isAlive);
			assertThat(pool.statistics().total()).isZero();
		}
	}

	private static List<Thread> occupy(WorkerPool pool, int workers) throws Exception {
		BlockingWork work = new BlockingWork(workers);
		List<CompletableFuture<Thread>> threads = Stream.generate(CompletableFuture<Thread>::new)
			.limit(workers)
			.toList();
		for (CompletableFuture<Thread> thread : threads) {
			pool.execute(Priority.NORMAL, () -> {
				thread.complete(Thread.currentThread());
				work.run();
			});
		}
		work.awaitRunning().release();
		return threads.stream().map(CompletableFuture::join).toList();
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void workThatBlocksIsInterrupted(WorkerKind kind) throws Exception {
		WorkerPool pool = pool(kind);
		CompletableFuture<Thread> worker = new CompletableFuture<>();
		CompletableFuture<String> end = new CompletableFuture<>();
		pool.execute(Priority.NORMAL, () -> {
			worker.complete(Thread.currentThread());
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				end.complete("interrupted");
			}
		});
		worker.get(30, TimeUnit.SECONDS);
		pool.close();
		assertThat(end).isCompletedWithValue("interrupted");
		assertThat(worker.get().isAlive()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void whatWaitsIsDropped(WorkerKind kind) throws Exception {
		WorkerPool pool = new WorkerPool(kind, ScaleFactors.DEFAULT.withQueueWeight(-1), false);
		AtomicBoolean ran = new AtomicBoolean();
		BlockingWork work = new BlockingWork(1).queue(pool).awaitRunning();
		pool.execute(Priority.NORMAL, () -> ran.set(true));
		pool.close();
		work.release();
		assertThat(pool.statistics().queued()).isZero();
		await().untilAsserted(() -> assertThat(pool.statistics().total()).isZero());
		assertThat(ran).isFalse();
	}

	@SlowTest
	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void closeDoesNotWaitForWorkThatIgnoresItsInterrupt(WorkerKind kind) throws Exception {
		WorkerPool pool = pool(kind);
		AtomicBoolean over = new AtomicBoolean();
		CompletableFuture<Thread> stubborn = new CompletableFuture<>();
		pool.execute(Priority.NORMAL, () -> {
			stubborn.complete(Thread.currentThread());
			while (!over.get()) {
				LockSupport.park();
				Thread.interrupted();
			}
		});
		Thread worker = stubborn.get(30, TimeUnit.SECONDS);
		CompletableFuture<Void> closing = CompletableFuture.runAsync(pool::close, OwnThread.EXECUTOR);
		// A second by contract; the rest is for a busy machine.
		assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
		assertThat(worker.isAlive()).isTrue();
		over.set(true);
		LockSupport.unpark(worker);
		worker.join(30_000);
		assertThat(worker.isAlive()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void aWorkerMayCloseItsPool(WorkerKind kind) throws Exception {
		WorkerPool pool = pool(kind);
		AtomicBoolean interrupted = new AtomicBoolean();
		CompletableFuture<Duration> took = new CompletableFuture<>();
		CompletableFuture<Thread> worker = new CompletableFuture<>();
		pool.execute(Priority.NORMAL, () -> {
			worker.complete(Thread.currentThread());
			long start = System.nanoTime();
			pool.close();
			interrupted.set(Thread.currentThread().isInterrupted());
			took.complete(Duration.ofNanos(System.nanoTime() - start));
		});
		assertThat(took.get(30, TimeUnit.SECONDS)).isLessThan(Duration.ofSeconds(10));
		assertThat(interrupted).isFalse();
		assertThat(pool.statistics().total()).as("but itself").isLessThanOrEqualTo(1);
		worker.get().join(30_000);
		assertThat(worker.get().isAlive()).isFalse();
		assertThat(pool.statistics().total()).isZero();
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void closingTwiceIsAllowed(WorkerKind kind) {
		WorkerPool pool = pool(kind);
		pool.close();
		assertThatNoException().isThrownBy(pool::close);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void aPoolClosedWhileItGrowsLeavesNoWorkers(WorkerKind kind) throws Exception {
		for (int round = 0; round < 50; round++) {
			WorkerPool pool = pool(kind);
			BlockingWork work = new BlockingWork(40);
			Thread producer = new Thread(() -> {
				try {
					work.queue(pool);
				}
				catch (RejectedExecutionException ex) {
					assertThat(ex).hasMessage("The worker pool is closed");
				}
			});
			producer.start();
			pool.close();
			producer.join();
			await().pollInterval(Duration.ofMillis(1))
				.untilAsserted(() -> assertThat(pool.statistics().total()).isZero());
		}
	}

}
