package io.adaptive.internal.dispatch;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.message.Priority;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * New scale factors for a pool that is running.
 */
@Timeout(60)
class WorkerPoolRescalingTests {

	private static final ScaleFactors SCALING = ScaleFactors.DEFAULT;

	private final AtomicLong clock = new AtomicLong();

	private WorkerPool pool;

	private WorkerPool pool(WorkerKind kind, ScaleFactors scale) {
		this.pool = new WorkerPool(new WorkerThreads(kind), scale, false, this.clock::get);
		return this.pool;
	}

	private void quietPeriods(int periods) {
		for (int i = 0; i < periods; i++) {
			this.clock.addAndGet(IdleReaper.PERIOD.toNanos());
			this.pool.reviewSurplus();
		}
	}

	private void assertTotal(int total) {
		await().untilAsserted(() -> assertThat(this.pool.statistics().total()).isEqualTo(total));
	}

	@AfterEach
	void close() {
		this.pool.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void moreResidentWorkersAreThereAtOnceAndFewerAfterAQuietPeriod(WorkerKind kind) {
		pool(kind, SCALING);
		this.pool.scale(SCALING.withResidentWorkers(5));
		assertThat(this.pool.statistics().total()).isEqualTo(5);
		assertThat(this.pool.statistics().resident()).isEqualTo(5);
		this.pool.scale(SCALING.withResidentWorkers(2));
		assertThat(this.pool.statistics().total()).isEqualTo(5);
		await().untilAsserted(() -> {
			quietPeriods(2);
			assertThat(this.pool.statistics().total()).isEqualTo(2);
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void belowANewMaximumIdleWorkersEndAtOnceAndBusyOnesAfterTheirWork(WorkerKind kind) throws Exception {
		pool(kind, SCALING.withResidentWorkers(4));
		BlockingWork work = new BlockingWork(6).queue(this.pool).awaitRunning();
		await().untilAsserted(() -> assertThat(this.pool.statistics().idle()).isGreaterThanOrEqualTo(4));
		this.pool.scale(SCALING.withMaxWorkers(2));
		assertTotal(6);
		assertThat(this.pool.statistics().busy()).isEqualTo(6);
		work.release();
		assertTotal(2);
		new BlockingWork(2).queue(this.pool).awaitRunning().release();
		assertTotal(2);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void workersThatNeverRestGoToo(WorkerKind kind) throws Exception {
		pool(kind, SCALING.withResidentWorkers(4).withQueueWeight(-1));
		AtomicBoolean over = new AtomicBoolean();
		Runnable again = new Runnable() {
			@Override
			public void run() {
				if (!over.get()) {
					WorkerPoolRescalingTests.this.pool.execute(Priority.NORMAL, this);
				}
			}
		};
		// One more in the mailbox for each worker that looks, however the others are
		// doing.
		BlockingWork work = new BlockingWork(4).queue(this.pool).awaitRunning();
		for (int i = 0; i < 100; i++) {
			this.pool.execute(Priority.NORMAL, again);
		}
		work.release();
		this.pool.scale(SCALING.withQueueWeight(-1));
		assertTotal(1);
		// A virtual one counts as idle while it gives way.
		await().untilAsserted(() -> assertThat(this.pool.statistics().busy()).as("it never rests").isOne());
		over.set(true);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void aHigherMaximumLetsIn(WorkerKind kind) throws Exception {
		pool(kind, SCALING.withMaxWorkers(2));
		BlockingWork work = new BlockingWork(10).queue(this.pool);
		await().untilAsserted(() -> assertThat(this.pool.statistics().queued()).isEqualTo(8));
		this.pool.scale(SCALING.withMaxWorkers(20));
		work.awaitRunning().release();
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void aLowerWeightBringsMoreWorkersForWhatWaits(WorkerKind kind) throws Exception {
		pool(kind, SCALING.withMaxWorkers(2));
		BlockingWork work = new BlockingWork(82).queue(this.pool);
		await().untilAsserted(() -> assertThat(this.pool.statistics().queued()).isEqualTo(80));
		assertThat(this.pool.statistics().target()).isEqualTo(11);
		this.pool.scale(SCALING.withMaxWorkers(2).withQueueWeight(2));
		assertThat(this.pool.statistics().target()).isEqualTo(41);
		this.pool.scale(SCALING.withQueueWeight(2));
		work.awaitRunning().release();
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void aFixedPoolBeginsToScaleAndAScalingOneIsFixed(WorkerKind kind) throws Exception {
		ScaleFactors fixed = SCALING.withResidentWorkers(3).withQueueWeight(-1);
		pool(kind, fixed);
		BlockingWork work = new BlockingWork(10).queue(this.pool);
		await().untilAsserted(() -> assertThat(this.pool.statistics().queued()).isEqualTo(7));
		assertThat(this.pool.statistics().total()).isEqualTo(3);
		this.pool.scale(SCALING);
		work.awaitRunning();
		this.pool.scale(fixed);
		work.release();
		assertTotal(3);
		this.pool.scale(fixed.withResidentWorkers(6));
		assertThat(this.pool.statistics().total()).isEqualTo(6);
		this.pool.scale(fixed.withResidentWorkers(1));
		assertTotal(1);
	}

}
