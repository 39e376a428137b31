package io.adaptive.internal.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Disk to which a registry writes. Called by one thread at a time.
 */
@FunctionalInterface
interface Disk {

	/** Disk of the machine. */
	Disk OF_THE_MACHINE = (file, bytes) -> {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		while (buffer.hasRemaining()) {
			file.write(buffer);
		}
	};

	/**
	 * Appends to a file.
	 * @param file the file
	 * @param bytes the bytes to append
	 * @throws IOException if not all of it could be written, as on a full disk
	 */
	void write(FileChannel file, byte[] bytes) throws IOException;

}
