package io.adaptive.gshell.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.gshell.command.DaemonRefusedException;
import io.adaptive.gshell.command.ExitStatus;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a working directory, held as long as its daemon lives: the kernel lets go
 * of it whatever way the process ends. The file names the process.
 */
final class DaemonLock implements AutoCloseable {

	static final String NAME = "daemon.lock";

	/** Closing any descriptor of a file lets go of the locks that a process has on it. */
	private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

	private final Path file;

	private final FileChannel channel;

	private DaemonLock(Path file, FileChannel channel) {
		this.file = file;
		this.channel = channel;
	}

	/**
	 * Takes the lock.
	 * @param workFolder the working directory, which exists
	 * @throws DaemonRefusedException if another daemon has it, which is named
	 */
	static DaemonLock acquire(Path workFolder) {
		Path file = workFolder.resolve(NAME);
		if (!HELD.add(file)) {
			throw taken(workFolder, Long.toString(ProcessHandle.current().pid()));
		}
		try {
			DaemonLock lock = tryAcquire(file);
			if (lock != null) {
				return lock;
			}
			throw taken(workFolder, Files.readString(file).strip());
		}
		catch (IOException ex) {
			HELD.remove(file);
			throw new DaemonRefusedException(ExitStatus.FAILED,
					"The lock %s cannot be taken: %s; look at the rights there, or name another folder by --wd"
						.formatted(file, ex.getMessage()));
		}
		catch (DaemonRefusedException ex) {
			HELD.remove(file);
			throw ex;
		}
	}

	private static @Nullable DaemonLock tryAcquire(Path file) throws IOException {
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		try {
			if (channel.tryLock() == null) {
				channel.close();
				return null;
			}
			channel.truncate(0);
			channel.write(StandardCharsets.US_ASCII.encode("%s\n".formatted(ProcessHandle.current().pid())));
			return new DaemonLock(file, channel);
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	private static DaemonRefusedException taken(Path workFolder, String process) {
		return new DaemonRefusedException(ExitStatus.FAILED,
				"A daemon runs already in %s, process %s; stop that one, or name another folder by --wd"
					.formatted(workFolder, process));
	}

	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			HELD.remove(this.file);
		}
	}

}
