package io.adaptive.topidchart.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.adaptive.topidchart.series.Moment;
import org.jspecify.annotations.Nullable;

/**
 * The samples of a session that are in no stored block yet, in files: one for each block.
 * A sample is in the hands of the kernel when {@link #append} returns, so that the end of
 * this process loses none. Not for several threads, but for {@link #delete}.
 */
public final class Journal implements Closeable {

	private static final String ENDING = ".journal";

	private final Path folder;

	private final String prefix;

	private @Nullable OutputStream output;

	/**
	 * Makes the journal of a session.
	 * @param folder where the journals of all sessions are
	 * @param sessionId the session
	 */
	public Journal(Path folder, long sessionId) {
		this.folder = folder;
		this.prefix = "session-%s-".formatted(sessionId);
	}

	/**
	 * Appends a sample. After a failure the next one begins a new file, since none is
	 * read behind one that is cut off.
	 * @throws IOException if it cannot be written
	 */
	public void append(Moment moment) throws IOException {
		OutputStream current = this.output;
		if (current == null) {
			Files.createDirectories(this.folder);
			Path next = this.folder.resolve(
					this.prefix + "0".repeat(19 - String.valueOf(moment.number()).length()) + moment.number() + ENDING);
			// A file of that name was cut off in its first sample.
			current = Files.newOutputStream(next);
			this.output = current;
		}
		try {
			current.write(JournalRecord.encode(moment));
		}
		catch (IOException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Begins a new file with the next sample.
	 * @return the files so far, to be deleted when their block is stored
	 * @throws IOException if the folder cannot be read
	 */
	public List<Path> rotate() throws IOException {
		close();
		return files();
	}

	/**
	 * Deletes files.
	 * @throws UncheckedIOException if they cannot be deleted
	 */
	public static void delete(List<Path> files) {
		try {
			for (Path each : files) {
				Files.deleteIfExists(each);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads the samples of all files. A last one that is cut off is left out.
	 * @throws IOException if they cannot be read
	 */
	public List<Moment> read() throws IOException {
		List<Moment> moments = new ArrayList<>();
		for (Path each : files()) {
			moments.addAll(JournalRecord.decodeAll(Files.readAllBytes(each)));
		}
		return moments;
	}

	private List<Path> files() throws IOException {
		if (!Files.isDirectory(this.folder)) {
			return List.of();
		}
		try (Stream<Path> all = Files.list(this.folder)) {
			return all.filter((each) -> each.getFileName().toString().startsWith(this.prefix)).sorted().toList();
		}
	}

	/**
	 * Closes the file of the open block, which stays.
	 */
	@Override
	public void close() throws IOException {
		if (this.output != null) {
			OutputStream current = this.output;
			this.output = null;
			current.close();
		}
	}

}
