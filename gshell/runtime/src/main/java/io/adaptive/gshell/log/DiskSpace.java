package io.adaptive.gshell.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tells a full disk, or a quota that is used up, from other failures. The platform has
 * the error of the operating system as a text only, in the language of the process: where
 * it is another one, the file system is asked.
 */
final class DiskSpace {

	/** ENOSPC and EDQUOT. */
	private static final List<String> TEXTS = List.of("No space left on device", "Disk quota exceeded");

	/** A file system keeps less than this back when it refuses a write. */
	private static final long LITTLE = 16 * 1024;

	private DiskSpace() {
	}

	/**
	 * Whether a write has failed because space is missing.
	 * @param failure the failure
	 * @param file a file of the same folder
	 */
	static boolean isMissing(IOException failure, Path file) {
		String message = String.valueOf(failure.getMessage());
		return TEXTS.stream().anyMatch(message::contains) || usableBytes(file) < LITTLE;
	}

	private static long usableBytes(Path file) {
		Path folder = file.toAbsolutePath().getParent();
		try {
			return (folder != null) ? Files.getFileStore(folder).getUsableSpace() : Long.MAX_VALUE;
		}
		catch (IOException ex) {
			return Long.MAX_VALUE;
		}
	}

}
