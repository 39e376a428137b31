package io.adaptive.internal.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.internal.stream.ConnectionQueue;
import io.adaptive.message.Priority;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What the pool does with the work it is given.
 */
@Timeout(60)
class WorkerPoolTests {

	private static final ScaleFactors ONE_WORKER = ScaleFactors.DEFAULT.withQueueWeight(-1);

	private final List<WorkerPool> pools = new ArrayList<>();

	private WorkerPool pool(WorkerKind kind, ScaleFactors scale) {
		return track(new WorkerPool(kind, scale, false));
	}

	private WorkerPool track(WorkerPool pool) {
		this.pools.add(pool);
		return pool;
	}

	@AfterEach
	void close() {
		this.pools.forEach(WorkerPool::close);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void aWorkerServesHigherPrioritiesFirst(WorkerKind kind) throws Exception {
		WorkerPool pool = pool(kind, ONE_WORKER);
		BlockingWork first = new BlockingWork(1).queue(pool).awaitRunning();
		List<Priority> served = new ArrayList<>();
		CountDownLatch done = new CountDownLatch(3);
		for (Priority priority : List.of(Priority.LOW, Priority.NORMAL, Priority.HIGH)) {
			pool.execute(priority, () -> {
				served.add(priority);
				done.countDown();
			});
		}
		first.release();
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(served).containsExactly(Priority.HIGH, Priority.NORMAL, Priority.LOW);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void lowIsServedThoughHighNeverEnds(WorkerKind kind) throws Exception {
		WorkerPool pool = pool(kind, ONE_WORKER);
		AtomicBoolean over = new AtomicBoolean();
		AtomicInteger served = new AtomicInteger();
		Runnable again = new Runnable() {
			@Override
			public void run() {
				served.incrementAndGet();
				if (!over.get()) {
					pool.execute(Priority.HIGH, this);
				}
			}
		};
		pool.execute(Priority.HIGH, again);
		pool.execute(Priority.HIGH, again);
		CompletableFuture<Integer> low = new CompletableFuture<>();
		pool.execute(Priority.HIGH, () -> {
			int before = served.get();
			pool.execute(Priority.LOW, () -> low.complete(served.get() - before));
		});
		assertThat(low.get(30, TimeUnit.SECONDS)).isEqualTo(Mailbox.LOW_PATIENCE);
		over.set(true);
	}

	private static Thread worker(WorkerPool pool) throws Exception {
		CompletableFuture<Thread> worker = new CompletableFuture<>();
		pool.execute(Priority.NORMAL, () -> worker.complete(Thread.currentThread()));
		return worker.get(30, TimeUnit.SECONDS);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void anInterruptThatWorkLeavesBehindIsNotSeenByTheNext(WorkerKind kind) throws Exception {
		WorkerPool pool = pool(kind, ONE_WORKER);
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		BlockingWork first = new BlockingWork(1).queue(pool).awaitRunning();
		pool.execute(Priority.NORMAL, () -> Thread.currentThread().interrupt());
		pool.execute(Priority.NORMAL, () -> interrupted.complete(Thread.currentThread().isInterrupted()));
		first.release();
		assertThat(interrupted.get(30, TimeUnit.SECONDS)).isFalse();
	}

	@Test
	void anInterruptFromOutsideDoesNotEndAWorker() throws Exception {
		WorkerPool pool = pool(WorkerKind.PLATFORM, ONE_WORKER);
		Thread worker = worker(pool);
		for (int i = 0; i < 100; i++) {
			worker.interrupt();
			assertThat(worker(pool)).isSameAs(worker);
		}
		assertThat(pool.statistics().scaledDown()).isZero();
	}

	@Test
	void aFullPoolThatShedsRefusesAtOnceAndAcceptsAgainLater() throws Exception {
		ScaleFactors small = ONE_WORKER.withQueueSizePerCore(1);
		WorkerPool pool = track(new WorkerPool(WorkerKind.AUTO, small, true));
		int room = pool.statistics().queueSize();
		BlockingWork busy = new BlockingWork(1).queue(pool).awaitRunning();
		CountDownLatch done = new CountDownLatch(room + 1);
		for (int i = 0; i < room; i++) {
			pool.handle(Priority.NORMAL, done::countDown, new ConnectionQueue());
		}
		assertThatExceptionOfType(MailboxFullException.class)
			.isThrownBy(() -> pool.handle(Priority.HIGH, done::countDown, new ConnectionQueue()))
			.withMessageStartingWith("All %d places for waiting messages are taken", room)
			.satisfies((ex) -> assertThat(ex.queueSize()).isEqualTo(room));
		assertThat(pool.statistics().queued()).isEqualTo(room);
		busy.release();
		await().untilAsserted(() -> assertThat(pool.statistics().queued()).isZero());
		pool.handle(Priority.NORMAL, done::countDown, new ConnectionQueue());
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void aFullPoolThatShedsTakesWhatIsNoMessage() throws Exception {
		WorkerPool pool = track(new WorkerPool(WorkerKind.AUTO, ONE_WORKER.withQueueSizePerCore(1), true));
		int more = 10 * pool.statistics().queueSize();
		BlockingWork busy = new BlockingWork(1).queue(pool).awaitRunning();
		CountDownLatch done = new CountDownLatch(more);
		for (int i = 0; i < more; i++) {
			pool.execute(Priority.NORMAL, done::countDown);
		}
		busy.release();
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void aFullPoolThatDoesNotShedAccepts() throws Exception {
		WorkerPool pool = pool(WorkerKind.AUTO, ONE_WORKER.withQueueSizePerCore(1));
		int more = 10 * pool.statistics().queueSize();
		BlockingWork busy = new BlockingWork(1).queue(pool).awaitRunning();
		CountDownLatch done = new CountDownLatch(more);
		for (int i = 0; i < more; i++) {
			pool.execute(Priority.NORMAL, done::countDown);
		}
		assertThat(pool.statistics().queued()).isEqualTo(more);
		busy.release();
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void changingOneFactorLeavesTheOthersAsTheyWereAskedFor() {
		WorkerPool pool = pool(WorkerKind.AUTO, ScaleFactors.DEFAULT);
		pool.scale((asked) -> asked.withQueueWeight(4));
		pool.scale((asked) -> asked.withQueueSizePerCore(64));
		pool.scale((asked) -> {
			assertThat(asked).isEqualTo(new ScaleFactors(1, 64, 4, 0));
			return asked;
		});
		assertThat(pool.scaleFactors().maxWorkers()).isPositive();
	}

}
