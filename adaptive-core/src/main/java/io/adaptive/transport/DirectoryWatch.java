package io.adaptive.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/**
 * Tells of files that appear in a directory, by the operating system's own notification.
 */
final class DirectoryWatch implements Runnable {

	private final WatchService service;

	private final Runnable changed;

	private DirectoryWatch(WatchService service, Runnable changed) {
		this.service = service;
		this.changed = changed;
	}

	static ProcessSpace.Registration start(Path directory, Runnable changed) {
		try {
			WatchService service = directory.getFileSystem().newWatchService();
			directory.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
			Thread thread = new Thread(new DirectoryWatch(service, changed), "adaptive-os-watch");
			thread.setDaemon(true);
			thread.start();
			return () -> close(service);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Directory %s cannot be watched".formatted(directory), ex);
		}
	}

	private static void close(WatchService service) {
		try {
			service.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void run() {
		try {
			WatchKey key;
			do {
				key = this.service.take();
				key.pollEvents();
				this.changed.run();
			}
			while (key.reset());
		}
		catch (ClosedWatchServiceException | InterruptedException ex) {
			// The watch has ended.
		}
	}

}
