package io.adaptive.internal.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

import io.adaptive.message.Priority;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * What the workers are, and what they take over from whoever made them.
 */
@Timeout(60)
class WorkerPoolKindTests {

	@ParameterizedTest
	@CsvSource({ "AUTO, 17, PLATFORM", "AUTO, 21, PLATFORM", "AUTO, 23, PLATFORM", "AUTO, 24, VIRTUAL",
			"AUTO, 25, VIRTUAL", "VIRTUAL, 21, VIRTUAL", "PLATFORM, 25, PLATFORM" })
	void autoIsVirtualWhereBlockingDoesNotPin(WorkerKind kind, int java, WorkerKind resolved) {
		assertThat(kind.resolve(java)).isEqualTo(resolved);
	}

	@Test
	void virtualWorkersAreRefusedWhereJavaHasNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> WorkerKind.VIRTUAL.resolve(17))
			.withMessage("Virtual workers need Java 21 or newer and this is Java 17; choose AUTO or PLATFORM");
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void aPoolOfVirtualWorkersIsRefusedWhereJavaHasNone() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new WorkerPool(WorkerKind.VIRTUAL, ScaleFactors.DEFAULT, false))
			.withMessageContaining("choose AUTO or PLATFORM");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualWorkersAreVirtual() throws Exception {
		assertThat(onWorkerOf(WorkerKind.VIRTUAL, Thread::getThreadGroup).getName()).isEqualTo("VirtualThreads");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_24)
	void autoIsVirtualHere() throws Exception {
		assertThat(onWorkerOf(WorkerKind.AUTO, Thread::getThreadGroup).getName()).isEqualTo("VirtualThreads");
	}

	@Test
	void platformWorkersAreNot() throws Exception {
		assertThat(onWorkerOf(WorkerKind.PLATFORM, Thread::getThreadGroup))
			.isSameAs(Thread.currentThread().getThreadGroup());
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void workersAreNumberedDaemons(WorkerKind kind) throws Exception {
		assertThat(onWorkerOf(kind, Thread::getName)).isEqualTo("adaptive-worker-1");
		assertThat(onWorkerOf(kind, Thread::isDaemon)).isTrue();
	}

	private static <T> T onWorkerOf(WorkerKind kind, Function<Thread, T> read) throws Exception {
		try (WorkerPool pool = new WorkerPool(kind, ScaleFactors.DEFAULT, false)) {
			CompletableFuture<T> value = new CompletableFuture<>();
			pool.execute(Priority.NORMAL, () -> value.complete(read.apply(Thread.currentThread())));
			return value.get(30, TimeUnit.SECONDS);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void aWorkerInheritsNothingFromWhoBroughtTheMessage(WorkerKind kind) throws Exception {
		ClassLoader own = new ClassLoader(null) {
		};
		WorkerThreads threads = withClassLoader(own, () -> new WorkerThreads(kind));
		InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
		CompletableFuture<Thread> maker = new CompletableFuture<>();
		CompletableFuture<String> inherited = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			local.set("the caller's");
			Thread.currentThread().setContextClassLoader(new ClassLoader(null) {
			});
			Thread.currentThread().setPriority(Thread.MAX_PRIORITY);
			Thread worker = threads.newWorker(() -> inherited.complete(String.valueOf(local.get())));
			maker.complete(worker);
			worker.start();
		});
		caller.start();
		Thread worker = maker.get(30, TimeUnit.SECONDS);
		assertThat(inherited.get(30, TimeUnit.SECONDS)).isEqualTo("null");
		assertThat(worker.getContextClassLoader()).isSameAs(own);
		assertThat(worker.getPriority()).isEqualTo(Thread.NORM_PRIORITY);
	}

	private static <T> T withClassLoader(ClassLoader classLoader, Supplier<T> action) {
		Thread current = Thread.currentThread();
		ClassLoader before = current.getContextClassLoader();
		current.setContextClassLoader(classLoader);
		try {
			return action.get();
		}
		finally {
			current.setContextClassLoader(before);
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_24)
	void virtualWorkersThatNeverRestLetOtherVirtualThreadsIn() throws Exception {
		AtomicBoolean over = new AtomicBoolean();
		CountDownLatch other = new CountDownLatch(1);
		try (WorkerPool pool = new WorkerPool(WorkerKind.VIRTUAL, ScaleFactors.DEFAULT, false)) {
			Runnable again = new Runnable() {
				@Override
				public void run() {
					if (!over.get()) {
						pool.execute(Priority.NORMAL, this);
					}
				}
			};
			for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
				pool.execute(Priority.NORMAL, again);
			}
			new WorkerThreads(WorkerKind.VIRTUAL).newThread("other", other::countDown).start();
			boolean ran = other.await(50, TimeUnit.SECONDS);
			over.set(true);
			assertThat(ran).isTrue();
		}
	}

	/**
	 * With workers that only yield, one of these threads waits until the work is over.
	 */
	@Test
	@EnabledForJreRange(min = JRE.JAVA_24)
	void virtualWorkersThatComputeLetInThreadsThatPlatformThreadsWake() throws Exception {
		AtomicBoolean over = new AtomicBoolean();
		AtomicLong handled = new AtomicLong();
		int workers = 8 * Runtime.getRuntime().availableProcessors();
		try (WorkerPool pool = new WorkerPool(WorkerKind.VIRTUAL, new ScaleFactors(workers, 128, -1, workers), false)) {
			Runnable again = new Runnable() {
				@Override
				public void run() {
					long end = System.nanoTime() + 200_000;
					while (System.nanoTime() < end) {
						Thread.onSpinWait();
					}
					handled.incrementAndGet();
					if (!over.get()) {
						pool.execute(Priority.NORMAL, this);
					}
				}
			};
			for (int i = 0; i < 4 * workers; i++) {
				pool.execute(Priority.NORMAL, again);
			}
			await().until(() -> handled.get() > 64L * workers);
			WorkerThreads threads = new WorkerThreads(WorkerKind.VIRTUAL);
			int ran = 0;
			while (ran < 20) {
				CountDownLatch other = new CountDownLatch(1);
				threads.newThread("other", other::countDown).start();
				other.await();
				ran++;
			}
			over.set(true);
			assertThat(ran).isEqualTo(20);
		}
	}

}
