package io.adaptive.gshell.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.adaptive.gshell.code.Reasons;
import io.adaptive.gshell.log.LogFiles.Place;
import io.adaptive.gshell.log.LogFiles.Renaming;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log in files that rotate. Never fails its writer: where the disk is full the oldest
 * file goes first, then bytes are dropped and their lines counted, and the next line that
 * can be written says how many. Readers see all that is kept as one sequence of bytes,
 * each with its number since the log began, which is the same in each process that opens
 * it. Thread-safe.
 */
public final class RotatingLog implements Closeable {

	private static final Logger logger = LoggerFactory.getLogger(RotatingLog.class);

	/** Returned for bytes that have been deleted. */
	static final int DELETED = -1;

	/** Files as the platform opens them: an interrupt must close none of them. */
	private final LogFiles files;

	private final LogLimits limits;

	private @Nullable UninterruptibleFile current;

	/** Number of the first byte of the current file. */
	private long begin;

	private long size;

	private long droppedLines;

	private boolean dropped;

	/** Whether space was missing when lines were dropped last. */
	private boolean noSpace;

	private boolean warned;

	private boolean warnedOfBegin;

	private boolean closed;

	/**
	 * Opens a log, to which is appended.
	 * @param file the file to write; older ones have a number behind its name
	 * @param limits its limits
	 * @throws IOException if the files cannot be looked at
	 */
	public RotatingLog(Path file, LogLimits limits) throws IOException {
		this(file, limits, Renaming.ATOMIC);
	}

	/**
	 * Opens a log, to which is appended.
	 * @param renaming renames its files
	 */
	RotatingLog(Path file, LogLimits limits, Renaming renaming) throws IOException {
		this.files = new LogFiles(file, limits.files(), renaming);
		this.limits = limits;
		this.begin = this.files.beginOfCurrent();
		this.size = UninterruptibleFile.size(file);
	}

	/**
	 * Appends bytes.
	 * @param bytes holds them
	 * @param offset the first of them
	 * @param length their number
	 */
	public synchronized void write(byte[] bytes, int offset, int length) {
		if (this.closed) {
			return;
		}
		if (this.dropped) {
			tellDropped();
		}
		ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
		append(buffer);
		notifyAll();
		warnOfBegin();
	}

	/**
	 * Logs a failure of the begin after the files are as they should be: the line may
	 * come to this log.
	 */
	private void warnOfBegin() {
		IOException failure = this.files.begin().failure();
		boolean told = this.warnedOfBegin;
		this.warnedOfBegin = failure != null;
		if (failure != null && !told) {
			logger.warn("the begin of a log is not kept file={} reason=\"{}\"", this.files.begin().file(),
					failure.toString());
		}
	}

	private void tellDropped() {
		long lines = this.droppedLines;
		this.dropped = false;
		this.droppedLines = 0;
		String text = "[%s lines dropped: %s]\n".formatted(lines, this.noSpace ? "no space" : "not written");
		append(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
		if (this.dropped) {
			this.droppedLines = lines;
		}
		else {
			this.warned = false;
		}
	}

	private void append(ByteBuffer buffer) {
		while (buffer.hasRemaining()) {
			try {
				UninterruptibleFile file = file();
				int wanted = (int) Math.min(buffer.remaining(), this.limits.fileBytes() - this.size);
				this.size += file.write(buffer, wanted);
			}
			catch (IOException ex) {
				if (!makeRoom(ex)) {
					drop(buffer, ex);
					return;
				}
			}
		}
	}

	private UninterruptibleFile file() throws IOException {
		if (this.size >= this.limits.fileBytes()) {
			closeFile();
			this.files.rotate(this.size);
			this.begin += this.size;
			this.size = 0;
		}
		UninterruptibleFile file = this.current;
		if (file == null) {
			this.files.begin().requireFinished();
			file = new UninterruptibleFile(this.files.current());
			this.current = file;
			this.size = file.size();
		}
		return file;
	}

	private boolean makeRoom(IOException failure) {
		try {
			return DiskSpace.isMissing(failure, this.files.current()) && this.files.deleteOldest();
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
			return false;
		}
	}

	private void drop(ByteBuffer buffer, IOException failure) {
		this.dropped = true;
		this.noSpace = DiskSpace.isMissing(failure, this.files.current());
		for (int index = buffer.position(); index < buffer.limit(); index++) {
			if (buffer.get(index) == '\n') {
				this.droppedLines++;
			}
		}
		if (!this.warned) {
			// Set before: the line may come to this log.
			this.warned = true;
			logger.warn("lines of a log are dropped file={} reason=\"{}\"", this.files.current(), Reasons.of(failure));
		}
	}

	/**
	 * Lines that have been dropped since one was written last.
	 * @return their number
	 */
	public synchronized long droppedLines() {
		return this.droppedLines;
	}

	private void closeFile() {
		UninterruptibleFile file = this.current;
		this.current = null;
		if (file != null) {
			file.close();
		}
	}

	/**
	 * Number of the byte that is written next.
	 */
	synchronized long end() {
		return this.begin + this.size;
	}

	/**
	 * Number of the oldest byte that is kept.
	 */
	synchronized long oldest() {
		return this.begin - this.files.olderBytes();
	}

	/**
	 * All that is kept, at one moment.
	 */
	synchronized Kept kept() {
		return new Kept(oldest(), end());
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	/**
	 * Waits until there is a byte of this number, the log is closed, or the reader is
	 * told to end.
	 */
	synchronized void awaitByte(long number, LogReader reader) throws InterruptedException {
		while (end() <= number && !this.closed && !reader.isClosed()) {
			wait();
		}
	}

	synchronized void wakeReaders() {
		notifyAll();
	}

	/**
	 * Reads bytes, as many as are in one file.
	 * @return their number, 0 if there are none yet, {@link #DELETED} if they are no
	 * longer kept
	 */
	int read(long number, ByteBuffer buffer) throws IOException {
		FileChannel channel;
		long position;
		synchronized (this) {
			if (number < oldest()) {
				return DELETED;
			}
			long inCurrent = number - this.begin;
			long available = this.size - inCurrent;
			Path file = this.files.current();
			position = inCurrent;
			if (inCurrent < 0) {
				Place place = this.files.find(-inCurrent);
				file = place.file();
				position = place.position();
				available = place.available();
			}
			if (available <= 0) {
				return 0;
			}
			buffer.limit((int) Math.min(buffer.capacity(), available));
			// Open, the file is the same although it is renamed or deleted.
			channel = FileChannel.open(file, StandardOpenOption.READ);
		}
		try (channel) {
			return Math.max(0, channel.read(buffer, position));
		}
	}

	/**
	 * Ends the log: what is written later is dropped, and readers that follow end.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		closeFile();
		notifyAll();
	}

	/**
	 * Bytes that are kept.
	 *
	 * @param oldest number of the oldest of them
	 * @param end number of the byte that is written next
	 */
	record Kept(long oldest, long end) {

	}

}
