package io.adaptive.gshell.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Reads a log from one of its last lines on, across rotation. A reader that is slower
 * than the writer is told how much has been deleted meanwhile. For one thread, but for
 * {@link #close}.
 */
public final class LogReader implements Closeable {

	private static final int CHUNK = 32 * 1024;

	private final RotatingLog log;

	private final boolean follow;

	private final long end;

	private long next;

	/** The last byte that was read may end no line. */
	private boolean inLine;

	private volatile boolean closed;

	/**
	 * Begins to read.
	 * @param log the log
	 * @param lines last lines to begin with; -1 for all that is kept
	 * @param follow whether to wait for what is written later
	 * @throws IOException if the log cannot be read
	 */
	public LogReader(RotatingLog log, int lines, boolean follow) throws IOException {
		RotatingLog.Kept kept = log.kept();
		this.log = log;
		this.follow = follow;
		this.end = kept.end();
		this.next = (lines < 0) ? kept.oldest() : beginOf(lines, kept.oldest());
	}

	private LogReader(RotatingLog log, long position) {
		this.log = log;
		this.follow = true;
		this.end = log.kept().end();
		this.next = Math.min(this.end, position);
		this.inLine = position > 0;
	}

	/**
	 * Goes on to follow a log, also one that another process has written before.
	 * @param log the log
	 * @param position position of the reader before, in whichever process
	 * @return the reader
	 */
	public static LogReader resume(RotatingLog log, long position) {
		return new LogReader(log, position);
	}

	/**
	 * Returns how far the log has been read.
	 * @return number of the byte that is read next, since the log began; the same in each
	 * process that opens the log
	 */
	public long position() {
		return this.next;
	}

	/**
	 * Finds the begin of the last lines, chunk by chunk from the end.
	 * @param lines their number
	 * @param first the oldest byte that was kept together with the last one
	 */
	private long beginOf(int lines, long first) throws IOException {
		if (lines == 0) {
			return this.end;
		}
		long missing = lines;
		long until = this.end;
		while (until > first) {
			long oldest = this.log.kept().oldest();
			if (oldest >= until) {
				// Deleted meanwhile: the first read says so.
				return until - 1;
			}
			long from = Math.max(oldest, until - CHUNK);
			byte[] chunk = readFully(from, (int) (until - from));
			if (chunk.length < until - from) {
				return from;
			}
			for (int index = chunk.length - 1; index >= 0; index--) {
				boolean endOfLog = from + index == this.end - 1;
				if (chunk[index] == '\n' && !endOfLog && --missing <= 0) {
					return from + index + 1;
				}
			}
			until = from;
		}
		return until;
	}

	private byte[] readFully(long from, int length) throws IOException {
		byte[] bytes = new byte[length];
		int count = 0;
		while (count < length) {
			ByteBuffer buffer = ByteBuffer.allocate(length - count);
			int read = this.log.read(from + count, buffer);
			if (read <= 0) {
				break;
			}
			System.arraycopy(buffer.array(), 0, bytes, count, read);
			count += read;
		}
		return Arrays.copyOf(bytes, count);
	}

	/**
	 * Returns the next bytes, at most 32 KB; waits for them if the reader follows.
	 * @return the bytes; {@code null} at the end: all that was there is read, or the log
	 * or this reader has been closed
	 * @throws IOException if the log cannot be read
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public byte @Nullable [] read() throws IOException, InterruptedException {
		if (this.follow) {
			this.log.awaitByte(this.next, this);
		}
		if (this.closed || (!this.follow && this.next >= this.end)) {
			return null;
		}
		ByteBuffer buffer = ByteBuffer.allocate((int) (this.follow ? CHUNK : Math.min(CHUNK, this.end - this.next)));
		int read = readUnlessRemoved(buffer);
		if (read == RotatingLog.DELETED) {
			return gap();
		}
		if (read == 0) {
			return null;
		}
		this.next += read;
		this.inLine = buffer.get(read - 1) != '\n';
		return Arrays.copyOf(buffer.array(), read);
	}

	/**
	 * Goes on with the oldest byte that is kept.
	 * @return a line that says how many bytes are left out
	 */
	private byte[] gap() {
		long oldest = this.log.kept().oldest();
		String line = "%s[%s bytes have been deleted]\n".formatted(this.inLine ? "\n" : "", oldest - this.next);
		this.next = oldest;
		this.inLine = false;
		return line.getBytes(StandardCharsets.UTF_8);
	}

	private int readUnlessRemoved(ByteBuffer buffer) throws IOException {
		try {
			return this.log.read(this.next, buffer);
		}
		catch (NoSuchFileException ex) {
			// The job has been removed.
			return 0;
		}
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Ends a wait in {@link #read}, for any thread.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.log.wakeReaders();
	}

}
