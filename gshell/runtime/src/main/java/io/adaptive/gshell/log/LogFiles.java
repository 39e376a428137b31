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

	private final Renaming renaming;

	/** The older files, the youngest first. */
	private final List<Older> older = new ArrayList<>();

	LogFiles(Path current, int limit, Renaming renaming) throws IOException {
		this.current = current;
		this.limit = limit;
		this.renaming = renaming;
		this.begin = new LogBegin(beside("begin"));
		finishDeletion();
		for (int number = 1; number < limit; number++) {
			long size = size(older(number));
			if (size >= 0) {
				// A process may have been killed between two renamings.
				int place = this.older.size() + 1;
				if (place < number) {
					this.renaming.rename(older(number), older(place));
				}
				this.older.add(new Older(place, size));
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
	 * @throws IOException if files cannot be deleted or renamed; those that have been are
	 * known, and the next call goes on
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
		for (int index = this.older.size() - 1; index >= 0; index--) {
			Older file = this.older.get(index);
			int next = index + 2;
			if (file.number() != next) {
				this.renaming.rename(older(file.number()), older(next));
				this.older.set(index, new Older(next, file.size()));
			}
		}
		this.renaming.rename(this.current, older(1));
		this.older.add(0, new Older(1, size));
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
		Older oldest = this.older.get(this.older.size() - 1);
		delete(oldest.number(), oldest.size());
		this.older.remove(this.older.size() - 1);
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
		return this.older.stream().mapToLong(Older::size).sum();
	}

	/**
	 * Finds a byte in the older files.
	 * @param beforeCurrent its distance to the begin of the current file, at least 1 and
	 * at most {@link #olderBytes()}
	 */
	Place find(long beforeCurrent) {
		long left = beforeCurrent;
		for (Older file : this.older) {
			if (left <= file.size()) {
				return new Place(older(file.number()), file.size() - left, left);
			}
			left -= file.size();
		}
		throw new IllegalArgumentException("There are %s bytes in the older files".formatted(olderBytes()));
	}

	/**
	 * An older file.
	 *
	 * @param number number behind its name; after a renaming that has failed not its
	 * place in the list
	 * @param size bytes in it
	 */
	private record Older(int number, long size) {

	}

	/**
	 * Renames files.
	 */
	interface Renaming {

		/** As the file system does it. */
		Renaming ATOMIC = (from, to) -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);

		/**
		 * Renames a file; one of the new name is replaced.
		 * @throws IOException if it keeps its name
		 */
		void rename(Path from, Path to) throws IOException;

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
