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

	private final LogBegin begin;

	/** Sizes of the older files, the youngest first. */
	private final List<Long> older = new ArrayList<>();

	LogFiles(Path current, int limit) throws IOException {
		this.current = current;
		this.limit = limit;
		this.begin = new LogBegin(beside("begin"));
		finishDeletion();
		for (int number = 1; number < limit; number++) {
			long size = size(older(number));
			if (size >= 0) {
				closeGap(number);
				this.older.add(size);
			}
		}
	}

	/**
	 * Deletes the file that a process would have deleted if it had not been killed.
	 */
	private void finishDeletion() throws IOException {
		int place = this.begin.deleting();
		if (place != LogBegin.NO_FILE) {
			Files.deleteIfExists(file(place));
			this.begin.afterDeletion();
		}
	}

	/**
	 * Moves a file that a process has renamed which was killed before it had renamed the
	 * next one.
	 */
	private void closeGap(int number) throws IOException {
		int place = this.older.size() + 1;
		if (place < number) {
			Files.move(older(number), older(place), StandardCopyOption.ATOMIC_MOVE);
		}
	}

	private Path file(int place) {
		return (place == 0) ? this.current : older(place);
	}

	private Path older(int number) {
		return beside(String.valueOf(number));
	}

	private Path beside(String suffix) {
		return this.current.resolveSibling(this.current.getFileName() + "." + suffix);
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
	 * @throws IOException if files cannot be deleted or renamed
	 */
	void rotate(long size) throws IOException {
		this.begin.make();
		if (this.limit == 1) {
			delete(0, size);
			return;
		}
		if (this.older.size() == this.limit - 1 || this.begin.deleting() != LogBegin.NO_FILE) {
			deleteOldest();
		}
		this.begin.requireFinished();
		for (int number = this.older.size(); number >= 1; number--) {
			Files.move(older(number), older(number + 1), StandardCopyOption.ATOMIC_MOVE);
		}
		Files.move(this.current, older(1), StandardCopyOption.ATOMIC_MOVE);
		this.older.add(0, size);
	}

	/**
	 * Deletes the oldest file.
	 * @return whether there was one beside the current
	 * @throws IOException if it cannot be deleted; to be tried again
	 */
	boolean deleteOldest() throws IOException {
		if (this.older.isEmpty()) {
			return false;
		}
		int place = this.older.size();
		delete(place, this.older.get(place - 1));
		this.older.remove(place - 1);
		return true;
	}

	private void delete(int place, long size) throws IOException {
		if (this.begin.deleting() != place) {
			this.begin.beforeDeletion(place, size);
		}
		Files.deleteIfExists(file(place));
		this.begin.afterDeletion();
	}

	LogBegin begin() {
		return this.begin;
	}

	/**
	 * Number of the first byte of the current file, since the log began.
	 */
	long beginOfCurrent() {
		return this.begin.number() + olderBytes();
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
