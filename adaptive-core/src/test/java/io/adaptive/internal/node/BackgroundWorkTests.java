package io.adaptive.internal.node;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class BackgroundWorkTests {

	private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>());

	private final BackgroundWork one = new BackgroundWork(this.thread);

	private final BackgroundWork other = new BackgroundWork(this.thread);

	private final List<String> done = new CopyOnWriteArrayList<>();

	private final CountDownLatch running = new CountDownLatch(1);

	@AfterEach
	void end() {
		this.thread.shutdownNow();
	}

	private void waitForEver() {
		this.running.countDown();
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			this.done.add("interrupted");
		}
	}

	@Test
	void closingInterruptsAndDropsTheOwnWorkOnly() throws InterruptedException {
		this.one.execute(this::waitForEver);
		this.one.execute(() -> this.done.add("one"));
		this.other.execute(() -> this.done.add(Thread.currentThread().isInterrupted() ? "interrupted, too" : "other"));
		this.running.await();
		this.one.close();
		await().until(() -> this.done.size() == 2);
		this.one.execute(() -> this.done.add("late"));
		this.other.execute(() -> this.done.add("end"));
		await().until(() -> this.done.contains("end"));
		assertThat(this.done).containsExactly("interrupted", "other", "end");
		assertThat(this.thread.getQueue()).isEmpty();
	}

	@Test
	void closingLeavesTheWorkOfOthersAlone() throws InterruptedException {
		this.one.execute(this::waitForEver);
		this.running.await();
		this.other.close();
		assertThat(this.done).isEmpty();
		this.one.close();
		await().until(() -> this.done.contains("interrupted"));
	}

}
