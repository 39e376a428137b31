package io.adaptive.gshell.state;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.adaptive.gshell.code.Reasons;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a group, held by its process for its life: the kernel lets go of it
 * whatever way the process ends. One object per group and process, since closing any
 * descriptor of a file lets go of the locks that a process has on it.
 */
public final class GroupLock implements Closeable {

	private final FileChannel channel;

	private GroupLock(FileChannel channel) {
		this.channel = channel;
	}

	private static FileChannel open(Path file) throws IOException {
		return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
	}

	/**
	 * Takes the lock if it is free.
	 * @param file the lock file
	 * @return the lock; {@code null} if another process, or another part of this one, has
	 * it
	 * @throws StateException if the file cannot be opened
	 */
	static @Nullable GroupLock tryAcquire(Path file) {
		try {
			FileChannel channel = open(file);
			try {
				if (channel.tryLock() != null) {
					return new GroupLock(channel);
				}
			}
			catch (OverlappingFileLockException ex) {
				// Closing the channel would let go of the lock of this process.
				return null;
			}
			channel.close();
			return null;
		}
		catch (IOException ex) {
			throw failure(ex);
		}
	}

	/**
	 * Waits for the lock, which is that its process ends.
	 * @param file the lock file
	 * @return the lock
	 * @throws IOException if the file cannot be opened, or the waiting thread is
	 * interrupted
	 */
	static GroupLock acquire(Path file) throws IOException {
		FileChannel channel = open(file);
		try {
			channel.lock();
			return new GroupLock(channel);
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	private static StateException failure(IOException ex) {
		return new StateException(
				"The lock of a group cannot be opened: %s; look at the rights there".formatted(Reasons.of(ex)), ex);
	}

	/**
	 * Lets go of the lock.
	 */
	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw failure(ex);
		}
	}

}
