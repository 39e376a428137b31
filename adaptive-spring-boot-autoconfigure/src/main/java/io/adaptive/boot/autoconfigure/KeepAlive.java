package io.adaptive.boot.autoconfigure;

import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the JVM running while the application context runs. All threads of a node are
 * daemons, so the program would exit when {@code main} returns.
 */
final class KeepAlive implements SmartLifecycle {

	private volatile @Nullable CountDownLatch stopped;

	@Override
	public void start() {
		CountDownLatch latch = new CountDownLatch(1);
		this.stopped = latch;
		Thread thread = new Thread(() -> await(latch), "adaptive-keep-alive");
		thread.setDaemon(false);
		thread.start();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void stop() {
		CountDownLatch latch = this.stopped;
		if (latch != null) {
			latch.countDown();
			this.stopped = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.stopped != null;
	}

	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

}
