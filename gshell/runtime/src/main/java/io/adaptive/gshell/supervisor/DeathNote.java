package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Words for the death of a group's process.
 */
final class DeathNote {

	/** Exit status of a process that has been killed. */
	static final int KILLED = 137;

	private static final int TAIL = 4096;

	private static final int SIGNALS = 128;

	private DeathNote() {
	}

	/**
	 * Makes the words.
	 * @param at time of the death
	 * @param status its exit status; {@code null} if it was no child of this process
	 * @param console file of the output of the JVM
	 * @param before size of that at the start of the process
	 */
	static String of(Instant at, @Nullable Integer status, Path console, long before) {
		String how = (status == null) ? "" : (status > SIGNALS) ? " by signal %s".formatted(status - SIGNALS)
				: " with status %s".formatted(status);
		return "the process has ended at %s%s%s".formatted(at, how,
				outOfMemory(console, before).map(": "::concat).orElse(""));
	}

	private static Optional<String> outOfMemory(Path console, long before) {
		try (RandomAccessFile file = new RandomAccessFile(console.toFile(), "r")) {
			file.seek(Math.max(Math.min(before, file.length()), file.length() - TAIL));
			byte[] tail = new byte[(int) (file.length() - file.getFilePointer())];
			file.readFully(tail);
			return new String(tail, StandardCharsets.UTF_8).lines()
				.filter((line) -> line.contains("OutOfMemoryError") || line.startsWith("The group cannot start"))
				.findFirst();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

}
