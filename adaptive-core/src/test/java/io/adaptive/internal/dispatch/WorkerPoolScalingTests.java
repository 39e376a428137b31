package io.adaptive.internal.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.fixture.SlowTest;
import io.adaptive.message.Priority;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How the number of workers follows the load. Where workers end, it is the passed-in
 * clock that makes them surplus, not the time a test takes.
 */
@Timeout(60)
class WorkerPoolScalingTests {

	private static final ScaleFactors SCALING = ScaleFactors.DEFAULT;

	private final List<WorkerPool> pools = new ArrayList<>();

	private final AtomicLong clock = new AtomicLong();

	private WorkerPool pool(WorkerKind kind, ScaleFactors scale) {
		WorkerPool pool = new WorkerPool(new WorkerThreads(kind), scale, false, this.clock::get);
		this.pools.add(pool);
		return pool;
	}

	private void after(Duration time, WorkerPool pool) {
		this.clock.addAndGet(time.toNanos());
		pool.reviewSurplus();
	}

	private static void assertIdle(WorkerPool pool, int total) {
		await().pollInterval(Duration.ofMillis(1)).untilAsserted(() -> {
			assertThat(pool.statistics().idle()).isEqualTo(total);
			assertThat(pool.statistics().total()).isEqualTo(total);
		});
	}

	@AfterEach
	void close() {
		this.pools.forEach(WorkerPool::close);
	}

	/**
	 * The clock of the pool stands still: one that waits for a time would wait for ever.
	 */
	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void aBurstOfBlockingHandlersIsFollowedWithoutWaitingForTime(WorkerKind kind) throws Exception {
		WorkerPool pool = pool(kind, SCALING);
		BlockingWork work = new BlockingWork(64);
		long start = System.nanoTime();
		work.queue(pool).awaitRunning();
		System.out.printf("64 blocking handlers run %d us after the first was queued%n",
				TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
		assertThat(pool.statistics().busy()).isEqualTo(64);
		work.release();
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void whileHandlersBlockTheResidentOnesAreKeptIdle(WorkerKind kind) throws Exception {
		WorkerPool pool = pool(kind, SCALING.withResidentWorkers(3));
		for (int round = 0; round < 5; round++) {
			new BlockingWork(10).queue(pool).awaitRunning();
		}
		await().untilAsserted(() -> {
			assertThat(pool.statistics().busy()).isEqualTo(50);
			assertThat(pool.statistics().idle()).isGreaterThanOrEqualTo(3);
		});
		assertThat(pool.statistics().target()).isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void thereAreNeverMoreThanTheMaximum(WorkerKind kind) throws Exception {
		WorkerPool pool = pool(kind, SCALING.withMaxWorkers(4));
		CountDownLatch queued = new CountDownLatch(96);
		BlockingWork work = new BlockingWork(4).queue(pool);
		for (int i = 0; i < 96; i++) {
			pool.execute(Priority.NORMAL, () -> {
				queued.countDown();
				work.run();
			});
		}
		work.awaitRunning();
		WorkerStatistics full = pool.statistics();
		assertThat(full.total()).isEqualTo(4);
		assertThat(full.busy()).isEqualTo(4);
		assertThat(full.queued()).isEqualTo(96);
		assertThat(full.maximum()).isEqualTo(4);
		assertThat(full.target()).isEqualTo(96 / 8 + 1);
		work.release();
		assertThat(queued.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(pool.statistics().scaledUp()).isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void surplusWorkersEndAfterAPeriodWithoutUse(WorkerKind kind) throws Exception {
		WorkerPool pool = pool(kind, SCALING);
		new BlockingWork(20).queue(pool).awaitRunning().release();
		int all = pool.statistics().total();
		assertThat(all).isGreaterThanOrEqualTo(21);
		assertIdle(pool, all);
		after(IdleReaper.PERIOD, pool);
		assertThat(pool.statistics().total()).as("they were needed in this period").isEqualTo(all);
		after(IdleReaper.PERIOD.minusNanos(1), pool);
		assertThat(pool.statistics().total()).as("not for long enough").isEqualTo(all);
		after(Duration.ofNanos(1), pool);
		assertThat(pool.statistics().total()).isOne();
		assertThat(pool.statistics().scaledDown()).isEqualTo(all - 1);
		assertThat(pool.statistics().scaledUp()).isEqualTo(all - 1);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void aSteadyLightLoadKeepsNoBigPool(WorkerKind kind) throws Exception {
		WorkerPool pool = pool(kind, SCALING);
		new BlockingWork(20).queue(pool).awaitRunning().release();
		int all = pool.statistics().total();
		assertIdle(pool, all);
		after(IdleReaper.PERIOD, pool);
		for (int i = 0; i < 10; i++) {
			// Two at a time, and each of the many workers could be the one that is woken.
			new BlockingWork(2).queue(pool).awaitRunning().release();
			assertIdle(pool, all);
			after(IdleReaper.PERIOD.dividedBy(10).minusNanos(1), pool);
		}
		assertThat(pool.statistics().total()).isEqualTo(all);
		after(Duration.ofNanos(10), pool);
		assertThat(pool.statistics().total()).as("two busy, one idle").isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void workersNeededOnceInEveryPeriodStay(WorkerKind kind) throws Exception {
		WorkerPool pool = pool(kind, SCALING);
		for (int i = 0; i < 10; i++) {
			new BlockingWork(20).queue(pool).awaitRunning().release();
			assertIdle(pool, pool.statistics().total());
			after(IdleReaper.PERIOD, pool);
			assertThat(pool.statistics().total()).isGreaterThanOrEqualTo(21);
		}
		assertThat(pool.statistics().scaledDown()).isZero();
	}

	@SlowTest
	@Test
	void whenAllIsQuietThreadsAndTheirWatchAreGivenBack() throws Exception {
		WorkerPool pool = new WorkerPool(WorkerKind.PLATFORM, SCALING, false);
		this.pools.add(pool);
		new BlockingWork(20).queue(pool).awaitRunning().release();
		await().untilAsserted(() -> assertThat(pool.statistics().total()).isOne());
		await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.doesNotContain("adaptive-worker-watch"));
		new BlockingWork(20).queue(pool).awaitRunning().release();
		assertThat(pool.statistics().total()).isGreaterThanOrEqualTo(21);
		await().untilAsserted(() -> assertThat(pool.statistics().total()).isOne());
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void aFixedPoolNeverChanges(WorkerKind kind) throws Exception {
		WorkerPool pool = pool(kind, SCALING.withResidentWorkers(3).withQueueWeight(-1));
		assertIdle(pool, 3);
		BlockingWork work = new BlockingWork(3).queue(pool).awaitRunning();
		CountDownLatch queued = new CountDownLatch(100);
		for (int i = 0; i < 100; i++) {
			pool.execute(Priority.NORMAL, queued::countDown);
		}
		WorkerStatistics full = pool.statistics();
		assertThat(full.total()).isEqualTo(3);
		assertThat(full.busy()).isEqualTo(3);
		assertThat(full.queued()).isEqualTo(100);
		assertThat(full.target()).isEqualTo(3);
		assertThat(full.maximum()).isEqualTo(3);
		work.release();
		assertThat(queued.await(30, TimeUnit.SECONDS)).isTrue();
		assertIdle(pool, 3);
		after(IdleReaper.PERIOD, pool);
		after(IdleReaper.PERIOD, pool);
		assertThat(pool.statistics().total()).isEqualTo(3);
	}

}
