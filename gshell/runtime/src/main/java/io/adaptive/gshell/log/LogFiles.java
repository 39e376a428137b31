package io.adaptive.gshell.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of one log: the one that is written, and older ones with 1 for the youngest
 * behind the name. Not thread-safe.
 */
final class LogFiles {

	private final Path current;

	private final int limit;

	/** Sizes of the older files, the youngest first. */
	private final List<Long> older = new ArrayList<>();

	LogFiles(Path current, int limit) throws IOException {
		this.current = current;
		this.limit = limit;
		for (int number = 1; number < limit; number++) {
			long size = size(older(number));
			if (size < 0) {
				break;
			}
			this.older.add(size);
		}
	}

	private Path older(int number) {
		return this.current.resolveSibling(this.current.getFileName() + "." + number);
	}

	private static long size(Path file) throws IOException {
		try {
			return Files.size(file);
		}
		catch (NoSuchFileException ex) {
			return -1;
		}
	}

	Path current() {
		return this.current;
	}

	/**
	 * Makes the current file the youngest of the older ones.
	 */
	void rotate(long size) throws IOException {
		if (this.limit == 1) {
			Files.delete(this.current);
			return;
		}
		if (this.older.size() == this.limit - 1) {
			deleteOldest();
		}
		for (int number = this.older.size(); number >= 1; number--) {
			Files.move(older(number), older(number + 1), StandardCopyOption.ATOMIC_MOVE);
		}
		Files.move(this.current, older(1), StandardCopyOption.ATOMIC_MOVE);
		this.older.add(0, size);
	}

	/**
	 * Deletes the oldest file.
	 * @return whether there was one beside the current
	 */
	boolean deleteOldest() throws IOException {
		if (this.older.isEmpty()) {
			return false;
		}
		Files.deleteIfExists(older(this.older.size()));
		this.older.remove(this.older.size() - 1);
		return true;
	}

	/**
	 * Bytes of the older files.
	 */
	long olderBytes() {
		return this.older.stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * Finds a byte in the older files.
	 * @param beforeCurrent its distance to the begin of the current file, at least 1 and
	 * at most {@link #olderBytes()}
	 */
	Place find(long beforeCurrent) {
		long left = beforeCurrent;
		int number = 1;
		for (long size : this.older) {
			if (left <= size) {
				return new Place(older(number), size - left, left);
			}
			left -= size;
			number++;
		}
		throw new IllegalArgumentException("There are %s bytes in the older files".formatted(olderBytes()));
	}

	/**
	 * A place in a file.
	 *
	 * @param file the file
	 * @param position bytes before it
	 * @param available bytes from it on
	 */
	record Place(Path file, long position, long available) {

	}

}
