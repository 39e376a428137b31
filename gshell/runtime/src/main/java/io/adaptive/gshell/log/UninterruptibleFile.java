package io.adaptive.gshell.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is appended to. Unlike a channel it is not closed by an interrupt of its
 * writer, which is a thread of a job.
 */
final class UninterruptibleFile implements Closeable {

	private final RandomAccessFile file;

	UninterruptibleFile(Path path) throws IOException {
		this.file = new RandomAccessFile(path.toFile(), "rw");
		this.file.seek(this.file.length());
	}

	static long size(Path path) throws IOException {
		return Files.exists(path) ? Files.size(path) : 0;
	}

	long size() throws IOException {
		return this.file.length();
	}

	/**
	 * Appends bytes; may write some of them before it fails.
	 * @return the number of bytes, which the buffer has no longer
	 */
	int write(ByteBuffer buffer, int length) throws IOException {
		long before = this.file.getFilePointer();
		int offset = buffer.arrayOffset() + buffer.position();
		try {
			this.file.write(buffer.array(), offset, length);
			buffer.position(buffer.position() + length);
			return length;
		}
		catch (IOException ex) {
			long written = this.file.length() - before;
			if (written <= 0) {
				throw ex;
			}
			this.file.seek(before + written);
			buffer.position(buffer.position() + (int) written);
			return (int) written;
		}
	}

	@Override
	public void close() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			// What was written has been handed to the system.
		}
	}

}
