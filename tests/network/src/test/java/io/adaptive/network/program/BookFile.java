package io.adaptive.network.program;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A file to which lines are appended at once, so that those of a killed program are
 * there.
 */
final class BookFile {

	private final FileOutputStream file;

	BookFile(String path) {
		try {
			this.file = new FileOutputStream(path, true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Appends a line with the time.
	 * @param text what happened
	 */
	synchronized void write(String text) {
		try {
			this.file.write("%s %s%n".formatted(text, System.nanoTime()).getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
