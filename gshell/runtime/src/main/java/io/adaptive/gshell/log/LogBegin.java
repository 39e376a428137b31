package io.adaptive.gshell.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Number of the oldest byte that a log keeps, in a file of its own, so that a byte has
 * the same number in each process that opens the log. A deletion is written before and
 * after it is done: a process that is killed meanwhile leaves the number right. The file
 * is written in place, which needs no space. Not thread-safe.
 */
final class LogBegin {

	private static final Logger logger = LoggerFactory.getLogger(LogBegin.class);

	private static final Pattern FORMAT = Pattern.compile("(\\d{19}) (-1|\\d{2})\n");

	private static final int NO_FILE = -1;

	private final Path file;

	private long number;

	/** The file that is being deleted, by its place; -1 for none. */
	private int deleting = NO_FILE;

	LogBegin(Path file) {
		this.file = file;
		try {
			Matcher text = FORMAT.matcher(Files.exists(file) ? Files.readString(file) : "");
			if (text.matches()) {
				this.number = Long.parseLong(text.group(1));
				this.deleting = Integer.parseInt(text.group(2));
			}
		}
		catch (IOException ex) {
			logger.warn("the begin of a log cannot be read file={} reason=\"{}\"", file, ex.toString());
		}
	}

	long number() {
		return this.number;
	}

	/**
	 * The place of the file whose deletion a process before has begun; -1 for none.
	 */
	int unfinished() {
		return this.deleting;
	}

	/**
	 * To be called before the oldest file is deleted.
	 * @param place its place: 0 for the current file, from 1 on for older ones
	 * @param size its size
	 */
	void beforeDeletion(int place, long size) {
		this.number += size;
		this.deleting = place;
		write();
	}

	/**
	 * To be called when the oldest file has been deleted.
	 */
	void afterDeletion() {
		this.deleting = NO_FILE;
		write();
	}

	/**
	 * Makes the file while there is space; without it numbers begin with the process.
	 */
	void make() {
		if (!Files.exists(this.file)) {
			write();
		}
	}

	private void write() {
		String text = "%019d %s\n".formatted(this.number,
				(this.deleting == NO_FILE) ? "-1" : "%02d".formatted(this.deleting));
		// Not a channel: an interrupt of the thread, which is one of a job, would close
		// it.
		try (RandomAccessFile open = new RandomAccessFile(this.file.toFile(), "rw")) {
			open.write(text.getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			logger.warn("the begin of a log is not written file={} reason=\"{}\"", this.file, ex.toString());
		}
	}

}
