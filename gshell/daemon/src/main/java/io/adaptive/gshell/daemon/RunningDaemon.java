package io.adaptive.gshell.daemon;

import java.util.concurrent.CountDownLatch;

import io.adaptive.gshell.state.WorkFolder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * A daemon that runs.
 *
 * @param workFolder its working directory
 * @param lock its lock
 * @param context its application
 */
record RunningDaemon(WorkFolder workFolder, DaemonLock lock,
		ConfigurableApplicationContext context) implements AutoCloseable {

	/**
	 * Waits until the application is told to end, as by SIGTERM.
	 */
	void awaitEnd() {
		CountDownLatch closed = new CountDownLatch(1);
		this.context.addApplicationListener((ApplicationListener<ContextClosedEvent>) (event) -> closed.countDown());
		try {
			closed.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.context.close();
		this.lock.close();
	}

}
