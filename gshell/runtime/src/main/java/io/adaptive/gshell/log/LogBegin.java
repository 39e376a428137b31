package io.adaptive.gshell.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Number of the oldest byte that a log keeps, in a file of its own, so that a byte has
 * the same number in each process that opens the log. A deletion is written before and
 * after it is done: a process that is killed meanwhile leaves the number right. The file
 * is written in place, which needs no space. Failures are kept for the log to report: a
 * line that is logged in the middle of a rotation may come to the same log. Not
 * thread-safe.
 */
final class LogBegin {

	/** Returned when there is no deletion. */
	static final int NO_FILE = -1;

	private static final Pattern FORMAT = Pattern.compile("(\\d{19}) (-1|\\d{2})\n");

	private final Path file;

	/** Number of the first byte behind the deletions that are finished. */
	private long number;

	/** The file that is being deleted, by its place. */
	private int deleting = NO_FILE;

	/** Size of the file that is being deleted. */
	private long deletingSize;

	/** The file may name a deletion, which the next process would do. */
	private boolean marked;

	private @Nullable IOException failure;

	LogBegin(Path file) {
		this.file = file;
		try {
			Matcher text = FORMAT.matcher(Files.exists(file) ? Files.readString(file) : "");
			if (text.matches()) {
				this.number = Long.parseLong(text.group(1));
				this.deleting = Integer.parseInt(text.group(2));
				this.marked = this.deleting != NO_FILE;
			}
		}
		catch (IOException ex) {
			this.failure = ex;
		}
	}

	Path file() {
		return this.file;
	}

	/**
	 * The failure of the last access to the file, if it has failed.
	 */
	@Nullable IOException failure() {
		return this.failure;
	}

	long number() {
		return this.number;
	}

	/**
	 * The place of the file whose deletion has begun, in this process or the one before;
	 * {@link #NO_FILE} for none.
	 */
	int deleting() {
		return this.deleting;
	}

	/**
	 * To be called before the oldest file is deleted.
	 * @param place its place: 0 for the current file, from 1 on for older ones
	 * @param size its size
	 * @throws IOException if a deletion before is not finished
	 */
	void beforeDeletion(int place, long size) throws IOException {
		requireFinished();
		this.deleting = place;
		this.deletingSize = size;
		write(this.number + size, place);
	}

	/**
	 * To be called when the oldest file has been deleted.
	 */
	void afterDeletion() {
		this.number += this.deletingSize;
		this.deletingSize = 0;
		this.deleting = NO_FILE;
		write(this.number, NO_FILE);
	}

	/**
	 * To be called before a file takes the place of another one.
	 * @throws IOException if a deletion has begun, or cannot be written as finished: the
	 * next process would delete the file that is in its place by then
	 */
	void requireFinished() throws IOException {
		if (this.marked && this.deleting == NO_FILE) {
			write(this.number, NO_FILE);
		}
		if (this.marked) {
			throw new IOException("The deletion of a file of a log is not finished; look at " + this.file,
					this.failure);
		}
	}

	/**
	 * Makes the file while there is space; without it numbers begin with the process.
	 */
	void make() {
		if (!Files.exists(this.file)) {
			write(this.number, NO_FILE);
		}
	}

	private void write(long begin, int place) {
		String text = "%019d %s\n".formatted(begin, (place == NO_FILE) ? "-1" : "%02d".formatted(place));
		// Not a channel: an interrupt of the thread, which is one of a job, would close
		// it.
		try (RandomAccessFile open = new RandomAccessFile(this.file.toFile(), "rw")) {
			// An empty file stays empty where there is no space.
			this.marked |= place != NO_FILE && open.length() > 0;
			open.write(text.getBytes(StandardCharsets.US_ASCII));
			this.marked = place != NO_FILE;
			this.failure = null;
		}
		catch (IOException ex) {
			this.failure = ex;
		}
	}

}
