package io.adaptive.internal.transport;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.AdaptiveException;
import org.jspecify.annotations.Nullable;

/**
 * Watch for files that are created and deleted in a directory, by the notifications of
 * the operating system. Locks released by dead processes cause no notification, so the
 * living nodes are polled, too. Since an operating system has few watches, all watchers
 * share one thread and one registration, which exist while there are watchers.
 * <p>
 * The watch continues while the directory cannot be read, without notifications of the
 * operating system, and when a watcher throws a {@link RuntimeException}.
 */
final class DirectoryWatch {

	private static final KeyValueLogger logger = KeyValueLogger.of(DirectoryWatch.class);

	private static final long LOOK_MILLIS = 300;

	private final Path directory;

	private final Supplier<Set<String>> living;

	private final List<Runnable> watchers = new ArrayList<>();

	private @Nullable Look look;

	/**
	 * Creates a watch.
	 * @param living returns the names of the living nodes; called on the watch's thread,
	 * may throw an {@link AdaptiveException} while the directory cannot be read
	 */
	DirectoryWatch(Path directory, Supplier<Set<String>> living) {
		this.directory = directory;
		this.living = living;
	}

	/**
	 * Adds a watcher.
	 * @return removes it
	 */
	synchronized ProcessTable.Registration add(Runnable changed) {
		if (this.look == null) {
			this.look = new Look();
			this.look.start();
		}
		this.watchers.add(changed);
		return () -> remove(changed);
	}

	private synchronized void remove(Runnable changed) {
		this.watchers.remove(changed);
		if (this.watchers.isEmpty() && this.look != null) {
			this.look.stop();
			this.look = null;
		}
	}

	private synchronized List<Runnable> watchers() {
		return List.copyOf(this.watchers);
	}

	private static void tell(Runnable watcher) {
		try {
			watcher.run();
		}
		catch (RuntimeException ex) {
			logger.warn("a watcher of the socket directory failed, others are told", ex);
		}
	}

	/**
	 * The loop that watches the directory until it is stopped.
	 */
	private final class Look {

		private final CountDownLatch stopped = new CountDownLatch(1);

		private final CountDownLatch asked = new CountDownLatch(1);

		private @Nullable WatchService service;

		private boolean registered;

		/** The living nodes at the last successful read. */
		private Set<String> before = Set.of();

		/** Whether the last read failed. */
		private boolean unreadable;

		void start() {
			SharedThreads.newThread(this::run, "adaptive-os-watch").start();
			try {
				boolean unused = this.asked.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		synchronized void stop() {
			this.stopped.countDown();
			close();
		}

		private void close() {
			try {
				if (this.service != null) {
					this.service.close();
				}
			}
			catch (IOException ex) {
				logger.debug("the watch of the socket directory cannot be closed", ex);
			}
			this.service = null;
			this.registered = false;
		}

		private void run() {
			// On this thread, since the watch service starts a thread of its own, which
			// is then shared, too.
			register();
			this.asked.countDown();
			try {
				look();
				while (this.stopped.getCount() > 0) {
					boolean changed = awaitEvent();
					changed |= look();
					changed |= register();
					if (changed && this.stopped.getCount() > 0) {
						watchers().forEach(DirectoryWatch::tell);
					}
				}
			}
			catch (InterruptedException ex) {
				// There are no watchers any more.
			}
		}

		private boolean awaitEvent() throws InterruptedException {
			WatchService current = service();
			if (current == null) {
				return this.stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
			}
			try {
				WatchKey key = current.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
				if (key == null) {
					return false;
				}
				key.pollEvents();
				this.registered = key.reset();
				return true;
			}
			catch (ClosedWatchServiceException ex) {
				return false;
			}
		}

		private synchronized @Nullable WatchService service() {
			return this.service;
		}

		/**
		 * Reads the living nodes.
		 * @return whether they have changed, or can be read again
		 */
		private boolean look() {
			try {
				Set<String> now = DirectoryWatch.this.living.get();
				boolean changed = this.unreadable || !now.equals(this.before);
				this.before = now;
				this.unreadable = false;
				return changed;
			}
			// The watch goes on for all nodes of the directory.
			catch (RuntimeException ex) {
				if (!this.unreadable) {
					logger.warn("socket directory cannot be read, tried again reason=\"{}\"", ex.getMessage());
				}
				this.unreadable = true;
				return false;
			}
		}

		/**
		 * Registers for notifications, also after the directory was removed and created
		 * again.
		 * @return whether this call registered
		 */
		private synchronized boolean register() {
			if (this.registered || this.stopped.getCount() == 0) {
				return false;
			}
			try {
				if (this.service == null) {
					this.service = DirectoryWatch.this.directory.getFileSystem().newWatchService();
				}
				DirectoryWatch.this.directory.register(this.service, StandardWatchEventKinds.ENTRY_CREATE,
						StandardWatchEventKinds.ENTRY_DELETE);
				this.registered = true;
				return true;
			}
			catch (IOException ex) {
				logger.debug("the socket directory is polled, notifications are not available reason=\"{}\"",
						ex.toString());
				return false;
			}
		}

	}

}
