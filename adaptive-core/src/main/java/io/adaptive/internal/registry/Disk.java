package io.adaptive.internal.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Where a registry writes. Called by one thread at a time.
 */
@FunctionalInterface
interface Disk {

	/** The disk of the machine. */
	Disk OF_THE_MACHINE = (file, bytes) -> {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		while (buffer.hasRemaining()) {
			file.write(buffer);
		}
	};

	/**
	 * Appends to a file.
	 * @param file the file
	 * @param bytes what to append
	 * @throws IOException if not all of it could be written, as on a full disk
	 */
	void write(FileChannel file, byte[] bytes) throws IOException;

}
