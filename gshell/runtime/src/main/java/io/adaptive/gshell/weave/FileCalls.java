package io.adaptive.gshell.weave;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static io.adaptive.gshell.weave.JobLink.ENVIRONMENT;

/**
 * Asynchronous file channels in woven code: the platform would keep the threads that a
 * job has made for them. Defined anew by each {@link JobClassLoader}; not for use in
 * source code.
 */
public final class FileCalls {

	private FileCalls() {
	}

	@InsteadOf("java.nio.channels.AsynchronousFileChannel")
	public static AsynchronousFileChannel open(Path file, OpenOption... options) throws IOException {
		AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, new HashSet<>(List.of(options)),
				Threads.EXECUTOR);
		ENVIRONMENT.made(channel);
		return channel;
	}

	private static final class Threads {

		private static final ExecutorService EXECUTOR = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "asynchronous files");
			thread.setDaemon(true);
			return thread;
		});

		static {
			ENVIRONMENT.made(EXECUTOR);
		}

	}

}
