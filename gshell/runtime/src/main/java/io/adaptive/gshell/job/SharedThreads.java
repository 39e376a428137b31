package io.adaptive.gshell.job;

import java.io.IOException;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that the platform starts when they are first needed and keeps for the whole
 * JVM. Started by a job they would be in its thread group, and so seem to be its own; on
 * Java 17 they would also keep the classes of the job that are on the stack.
 */
final class SharedThreads {

	private static final Logger logger = LoggerFactory.getLogger(SharedThreads.class);

	/** Runs on the thread that delays tasks, which the platform starts for it. */
	private static final Executor ON_SHARED_THREAD = CompletableFuture.delayedExecutor(1, TimeUnit.NANOSECONDS,
			Runnable::run);

	/** Names the factory of the threads that read and write asynchronous files. */
	private static final String FACTORY = "java.nio.channels.DefaultThreadPool.threadFactory";

	private SharedThreads() {
	}

	/**
	 * Starts those that any job may need. Called before the first job.
	 */
	static void start() {
		Delays.STARTED.join();
	}

	/**
	 * Starts those of the default group of asynchronous channels.
	 */
	static void startChannelGroup() {
		Channels.STARTED.join();
	}

	private static void openChannel() {
		try {
			AsynchronousSocketChannel.open().close();
		}
		catch (IOException ex) {
			logger.debug("The default channel group has not been started", ex);
		}
	}

	private static final class Delays {

		private static final CompletableFuture<Void> STARTED = CompletableFuture.runAsync(() -> {
			// Its thread is made here.
			Makers.ONE.execute(() -> {
			});
			if (System.getProperty(FACTORY) == null) {
				System.setProperty(FACTORY, Factory.class.getName());
			}
		}, ON_SHARED_THREAD);

	}

	/**
	 * Makes threads of the pools. The thread that delays tasks must not wait for itself:
	 * it opens the default group of channels, whose pool makes threads at once.
	 */
	private static final class Makers {

		private static final ExecutorService ONE = Executors.newSingleThreadExecutor((task) -> {
			Thread thread = new Thread(task, "gshell threads");
			thread.setDaemon(true);
			return thread;
		});

	}

	private static final class Channels {

		private static final CompletableFuture<Void> STARTED = CompletableFuture.runAsync(SharedThreads::openChannel,
				ON_SHARED_THREAD);

	}

	/**
	 * Makes threads that belong to no job, on whichever thread it is called. The platform
	 * makes the factory by name.
	 */
	public static final class Factory implements ThreadFactory {

		@Override
		public Thread newThread(Runnable task) {
			return CompletableFuture.supplyAsync(() -> {
				Thread thread = new Thread(task, "gshell shared");
				thread.setDaemon(true);
				return thread;
			}, Makers.ONE).join();
		}

	}

}
