package io.adaptive.internal.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.internal.message.Deadline;
import io.adaptive.message.Priority;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a pool survives: work that fails, workers that die, threads that cannot be made.
 */
@Timeout(60)
class WorkerPoolFailureTests {

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
	void workThatThrowsAnythingCostsNoWorker(WorkerKind kind) throws Exception {
		WorkerPool pool = pool(kind, ONE_WORKER);
		Thread before = worker(pool);
		pool.execute(Priority.NORMAL, () -> {
			throw new IllegalStateException("boom");
		});
		pool.execute(Priority.NORMAL, () -> {
			throw new StackOverflowError("boom");
		});
		pool.execute(Priority.NORMAL, () -> {
			throw new AssertionError("boom");
		});
		assertThat(worker(pool)).isSameAs(before);
		assertThat(pool.statistics().total()).isOne();
	}

	private static Thread worker(WorkerPool pool) throws Exception {
		CompletableFuture<Thread> worker = new CompletableFuture<>();
		pool.execute(Priority.NORMAL, () -> worker.complete(Thread.currentThread()));
		return worker.get(30, TimeUnit.SECONDS);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void workWhoseFailureCannotBeReadCostsNoWorker(WorkerKind kind) throws Exception {
		WorkerPool pool = pool(kind, ONE_WORKER);
		Thread worker = worker(pool);
		pool.execute(Priority.NORMAL, () -> {
			throw new Unprintable();
		});
		assertThat(worker(pool)).isSameAs(worker);
		assertThat(pool.statistics().total()).isOne();
		assertThat(pool.statistics().scaledUp()).isZero();
		assertThat(pool.statistics().scaledDown()).isZero();
	}

	/**
	 * Fails once more when somebody tries to log it.
	 */
	private static final class Unprintable extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new IllegalStateException("no message");
		}

	}

	@Test
	void whereNoThreadCanBeMadeTheWorkersThereAreGoOnAndTheNextIsTriedASecondLater() throws Exception {
		AtomicLong clock = new AtomicLong();
		ScarceThreads threads = new ScarceThreads();
		WorkerPool pool = track(new WorkerPool(threads, ScaleFactors.DEFAULT, false, clock::get));
		for (int round = 1; round <= 3; round++) {
			threads.scarce = true;
			int idle = pool.statistics().idle();
			BlockingWork busy = new BlockingWork(idle).queue(pool).awaitRunning();
			BlockingWork waiting = new BlockingWork(2).queue(pool);
			assertThat(threads.refused).as("tries within a second").hasValue(round);
			assertThat(pool.statistics().queued()).isEqualTo(2);
			threads.scarce = false;
			clock.addAndGet(Duration.ofSeconds(1).toNanos());
			BlockingWork last = new BlockingWork(1).queue(pool).awaitRunning();
			waiting.awaitRunning();
			await().untilAsserted(() -> assertThat(pool.statistics().idle()).isPositive());
			last.release();
			waiting.release();
			busy.release();
			await().untilAsserted(() -> assertThat(pool.statistics().busy()).isZero());
		}
	}

	/**
	 * A thread that ends before its worker begins, as when it has no memory for what the
	 * worker needs.
	 */
	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void aWorkerWhoseThreadEndsIsReplacedAndNoMessageIsLost(WorkerKind kind) throws Exception {
		AtomicInteger ending = new AtomicInteger(3);
		Mailbox mailbox = new Mailbox();
		WorkerScaler scaler = new WorkerScaler(mailbox, new WorkerThreads(kind), ONE_WORKER, System::nanoTime,
				(worker) -> {
					if (ending.getAndDecrement() > 0) {
						throw new OutOfMemoryError("made up by this test");
					}
					worker.run();
				});
		try {
			CountDownLatch handled = new CountDownLatch(100);
			for (int i = 0; i < 100; i++) {
				mailbox.put(Priority.NORMAL, handled::countDown);
				scaler.attend();
			}
			assertThat(handled.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(scaler.poolSize().now().total()).isOne();
			assertThat(scaler.poolSize().added()).isEqualTo(4);
			assertThat(scaler.poolSize().removed()).isEqualTo(3);
		}
		finally {
			scaler.terminate(Deadline.NEVER);
		}
	}

	/**
	 * A thread that ends while its worker works, between two messages.
	 */
	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void aWorkerThatEndsBetweenTwoMessagesIsReplaced(WorkerKind kind) throws Exception {
		Mailbox mailbox = new Mailbox();
		AtomicInteger workers = new AtomicInteger();
		WorkerScaler scaler = new WorkerScaler(mailbox, new WorkerThreads(kind), ONE_WORKER, System::nanoTime,
				(worker) -> {
					workers.incrementAndGet();
					Runnable first = mailbox.poll();
					if (first != null) {
						first.run();
						throw new StackOverflowError("made up by this test");
					}
					worker.run();
				});
		try {
			CountDownLatch handled = new CountDownLatch(50);
			for (int i = 0; i < 50; i++) {
				mailbox.put(Priority.NORMAL, handled::countDown);
				scaler.attend();
			}
			assertThat(handled.await(30, TimeUnit.SECONDS)).isTrue();
			await().untilAsserted(() -> assertThat(scaler.poolSize().now().total()).isOne());
			assertThat(scaler.poolSize().added()).isEqualTo(workers.get());
			assertThat(scaler.poolSize().removed()).isEqualTo(workers.get() - 1);
		}
		finally {
			scaler.terminate(Deadline.NEVER);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theMessageOfAWorkerThatCannotMakeAnotherIsHandled(boolean atStart) throws Exception {
		AtomicInteger failures = new AtomicInteger();
		WorkerPool pool = track(new WorkerPool(new WorkerThreads(WorkerKind.PLATFORM) {

			private int made;

			@Override
			Thread newWorker(Runnable work) {
				if (this.made++ == 0) {
					return super.newWorker(work);
				}
				failures.incrementAndGet();
				if (!atStart) {
					throw new StackOverflowError("made up by this test");
				}
				return new Thread(work) {

					@Override
					public void start() {
						throw new StackOverflowError("made up by this test");
					}

				};
			}

		}, ScaleFactors.DEFAULT.withQueueWeight(1), false, System::nanoTime));
		Thread worker = worker(pool);
		CountDownLatch handled = new CountDownLatch(20);
		for (int i = 0; i < 20; i++) {
			pool.execute(Priority.NORMAL, handled::countDown);
		}
		assertThat(handled.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(worker(pool)).isSameAs(worker);
		assertThat(pool.statistics().total()).isOne();
		assertThat(pool.statistics().scaledUp()).isZero();
		assertThat(failures).hasPositiveValue();
	}

	@Test
	void onceThreadsCanBeMadeAgainAllThatAreMissingAreMade() throws Exception {
		AtomicLong clock = new AtomicLong();
		ScarceThreads threads = new ScarceThreads();
		WorkerPool pool = track(new WorkerPool(threads, ScaleFactors.DEFAULT, false, clock::get));
		threads.scarce = true;
		pool.scale(ScaleFactors.DEFAULT.withResidentWorkers(20));
		await().untilAsserted(() -> assertThat(pool.statistics().total()).isOne());
		threads.scarce = false;
		clock.addAndGet(Duration.ofSeconds(1).toNanos());
		worker(pool);
		await().untilAsserted(() -> assertThat(pool.statistics().total()).isGreaterThanOrEqualTo(20));
	}

	/**
	 * Makes threads that do not start while they are scarce.
	 */
	private static final class ScarceThreads extends WorkerThreads {

		private volatile boolean scarce;

		private final AtomicInteger refused = new AtomicInteger();

		ScarceThreads() {
			super(WorkerKind.PLATFORM);
		}

		@Override
		Thread newWorker(Runnable work) {
			return this.scarce ? new Thread(work) {
				@Override
				public void start() {
					ScarceThreads.this.refused.incrementAndGet();
					throw new OutOfMemoryError("unable to create native thread (made up by this test)");
				}
			} : super.newWorker(work);
		}

	}

}
