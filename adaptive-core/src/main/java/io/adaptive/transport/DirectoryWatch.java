package io.adaptive.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Tells of files that appear in a directory and go, by the operating system's own
 * notification. It has none for a lock that a dead process let go, so those who live are
 * looked at again and again. There is one thread and one registration while anybody
 * watches, since an operating system has few of them.
 */
final class DirectoryWatch {

	private static final long LOOK_MILLIS = 300;

	private final Path directory;

	private final Supplier<Set<String>> living;

	private final List<Runnable> watchers = new ArrayList<>();

	private @Nullable WatchService service;

	/**
	 * Makes a watch.
	 * @param living tells who lives; called on the watch's thread
	 */
	DirectoryWatch(Path directory, Supplier<Set<String>> living) {
		this.directory = directory;
		this.living = living;
	}

	/**
	 * Adds a watcher.
	 * @return removes it
	 */
	synchronized ProcessSpace.Registration add(Runnable changed) {
		if (this.service == null) {
			this.service = start();
		}
		this.watchers.add(changed);
		return () -> remove(changed);
	}

	private WatchService start() {
		try {
			WatchService started = this.directory.getFileSystem().newWatchService();
			this.directory.register(started, StandardWatchEventKinds.ENTRY_CREATE,
					StandardWatchEventKinds.ENTRY_DELETE);
			Thread thread = new Thread(() -> run(started), "adaptive-os-watch");
			thread.setDaemon(true);
			thread.start();
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Directory %s cannot be watched".formatted(this.directory), ex);
		}
	}

	private synchronized void remove(Runnable changed) {
		this.watchers.remove(changed);
		if (this.watchers.isEmpty() && this.service != null) {
			try {
				this.service.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException("The watch of %s cannot be ended".formatted(this.directory), ex);
			}
			this.service = null;
		}
	}

	private synchronized List<Runnable> watchers() {
		return List.copyOf(this.watchers);
	}

	private void run(WatchService started) {
		try {
			Set<String> before = living();
			boolean registered = true;
			while (true) {
				WatchKey key = started.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
				Set<String> now = living();
				boolean changed = key != null || !now.equals(before);
				before = now;
				if (key != null) {
					key.pollEvents();
					registered = key.reset();
				}
				if (!registered) {
					registered = register(started);
					changed |= registered;
				}
				if (changed) {
					watchers().forEach(Runnable::run);
				}
			}
		}
		catch (ClosedWatchServiceException | InterruptedException ex) {
			// Nobody watches any more.
		}
	}

	private Set<String> living() {
		try {
			return this.living.get();
		}
		catch (UncheckedIOException ex) {
			// The directory went while it was looked at.
			return Set.of();
		}
	}

	/**
	 * A directory that was removed is watched again once the next program has made it.
	 */
	private boolean register(WatchService started) {
		try {
			this.directory.register(started, StandardWatchEventKinds.ENTRY_CREATE,
					StandardWatchEventKinds.ENTRY_DELETE);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
