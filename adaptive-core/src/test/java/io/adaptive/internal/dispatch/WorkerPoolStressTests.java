package io.adaptive.internal.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.adaptive.fixture.SlowTest;
import io.adaptive.message.Priority;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many producers, and a pool that is scaled up and down under them.
 */
@Timeout(120)
class WorkerPoolStressTests {

	private static final int PRODUCERS = 8;

	private static final int EACH = 20_000;

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

	private final AtomicLong clock = new AtomicLong();

	private final AtomicBoolean over = new AtomicBoolean();

	private final List<Throwable> failures = new ArrayList<>();

	private Thread start(Runnable work) {
		Thread thread = new Thread(work);
		thread.setUncaughtExceptionHandler((failed, ex) -> {
			synchronized (this.failures) {
				this.failures.add(ex);
			}
		});
		thread.start();
		return thread;
	}

	private void join(List<Thread> threads) throws InterruptedException {
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(this.failures).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void everyWorkRunsExactlyOnceWhileThePoolIsScaledUpAndDown(WorkerKind kind) throws Exception {
		AtomicIntegerArray runs = new AtomicIntegerArray(PRODUCERS * EACH);
		CountDownLatch done = new CountDownLatch(PRODUCERS * EACH);
		ScaleFactors few = ScaleFactors.DEFAULT.withMaxWorkers(64);
		try (WorkerPool pool = new WorkerPool(new WorkerThreads(kind), few, false, this.clock::get)) {
			List<Thread> others = List.of(start(() -> rescale(pool, few)), start(() -> watch(pool)));
			List<Thread> producers = new ArrayList<>();
			for (int p = 0; p < PRODUCERS; p++) {
				int first = p * EACH;
				producers.add(start(() -> {
					for (int i = first; i < first + EACH; i++) {
						int index = i;
						pool.execute(Priority.of(index % 3), () -> {
							runs.incrementAndGet(index);
							done.countDown();
						});
					}
				}));
			}
			join(producers);
			boolean all = done.await(60, TimeUnit.SECONDS);
			// The work may be done before the other thread has scaled at all.
			await().atMost(Duration.ofSeconds(60)).until(() -> pool.statistics().scaledDown() > 0);
			this.over.set(true);
			join(others);
			assertThat(all).as("%d left, %s", done.getCount(), pool.statistics()).isTrue();
			for (int i = 0; i < runs.length(); i++) {
				assertThat(runs.get(i)).isOne();
			}
			assertThat(pool.statistics().queued()).isZero();
		}
	}

	private void rescale(WorkerPool pool, ScaleFactors few) {
		for (int i = 0; !this.over.get(); i++) {
			pool.scale(switch (i % 4) {
				case 0 -> few.withResidentWorkers(8);
				case 1 -> few.withMaxWorkers(2);
				case 2 -> few.withResidentWorkers(3).withQueueWeight(-1);
				default -> few;
			});
			for (int period = 0; period < 3; period++) {
				this.clock.addAndGet(IdleReaper.PERIOD.toNanos());
				pool.reviewSurplus();
				Thread.yield();
			}
		}
	}

	private void watch(WorkerPool pool) {
		while (!this.over.get()) {
			WorkerStatistics now = pool.statistics();
			assertThat(now.total()).as("%s", now).isEqualTo(now.busy() + now.idle()).isBetween(1, 64);
			assertThat(now.busy()).as("%s", now).isNotNegative();
			assertThat(now.idle()).as("%s", now).isNotNegative();
			assertThat(now.queued()).as("%s", now).isNotNegative();
			assertThat(now.target()).as("%s", now).isPositive();
			Thread.yield();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void noCallerIsForgottenWhileWorkersFallAsleepAndEnd(WorkerKind kind) throws Exception {
		int callers = 4;
		int calls = 2_000;
		try (WorkerPool pool = new WorkerPool(new WorkerThreads(kind), ScaleFactors.DEFAULT, false, this.clock::get)) {
			Thread reviewer = start(() -> {
				while (!this.over.get()) {
					this.clock.addAndGet(IdleReaper.PERIOD.toNanos());
					pool.reviewSurplus();
					Thread.yield();
				}
			});
			List<Thread> threads = new ArrayList<>();
			for (int c = 0; c < callers; c++) {
				threads.add(start(() -> {
					for (int i = 0; i < calls; i++) {
						call(pool);
					}
				}));
			}
			join(threads);
			this.over.set(true);
			join(List.of(reviewer));
		}
	}

	// Nobody else's message can make up for a wake-up that this one missed for long: all
	// callers wait for theirs.
	private static void call(WorkerPool pool) {
		Thread caller = Thread.currentThread();
		AtomicBoolean answered = new AtomicBoolean();
		pool.execute(Priority.NORMAL, () -> {
			answered.set(true);
			LockSupport.unpark(caller);
		});
		long start = System.nanoTime();
		while (!answered.get()) {
			LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
			assertThat(System.nanoTime() - start).as("%s", pool.statistics()).isLessThan(PATIENCE_NANOS);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void aWorkerThatIsJustFallingAsleepHearsTheNextCall(WorkerKind kind) {
		ScaleFactors one = ScaleFactors.DEFAULT.withQueueWeight(-1);
		AtomicInteger answers = new AtomicInteger();
		try (WorkerPool pool = new WorkerPool(new WorkerThreads(kind), one, false, this.clock::get)) {
			for (int call = 1; call <= 30_000; call++) {
				long start = System.nanoTime();
				pool.execute(Priority.NORMAL, answers::incrementAndGet);
				// Not parked, to come back while the worker is still on its way to bed:
				// each time a little later.
				for (int spin = 0; answers.get() < call || spin < call % 100; spin++) {
					if (spin % 1_000 == 999) {
						assertThat(System.nanoTime() - start).as("call %d, %s", call, pool.statistics())
							.isLessThan(PATIENCE_NANOS);
						Thread.yield();
					}
				}
			}
		}
	}

	@SlowTest
	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void whenAllIsDoneTheCountsAgree(WorkerKind kind) throws Exception {
		try (WorkerPool pool = new WorkerPool(new WorkerThreads(kind), ScaleFactors.DEFAULT, false, this.clock::get)) {
			for (int round = 0; round < 20; round++) {
				new BlockingWork(10).queue(pool).awaitRunning().release();
				this.clock.addAndGet(IdleReaper.PERIOD.toNanos());
				pool.reviewSurplus();
				await().untilAsserted(() -> {
					WorkerStatistics now = pool.statistics();
					assertThat(1 + now.scaledUp() - now.scaledDown()).as("%s", now).isEqualTo(now.total());
				});
			}
		}
	}

}
