package io.adaptive.gshell.code;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Words for what went wrong with a file: many exceptions of the platform carry nothing
 * but its name.
 */
public final class Reasons {

	private Reasons() {
	}

	/**
	 * Returns the words.
	 * @param failure the failure
	 * @return file and cause
	 */
	public static String of(Exception failure) {
		if (failure instanceof FileSystemException system) {
			return "%s: %s".formatted(system.getFile(), words(system));
		}
		String message = failure.getMessage();
		return (message != null) ? message : failure.getClass().getSimpleName();
	}

	private static String words(FileSystemException failure) {
		if (failure instanceof NoSuchFileException) {
			return "no such file or folder";
		}
		if (failure instanceof AccessDeniedException) {
			return "permission denied";
		}
		if (failure instanceof FileAlreadyExistsException || failure instanceof DirectoryNotEmptyException) {
			return "exists already";
		}
		String reason = failure.getReason();
		return (reason != null) ? reason : failure.getClass().getSimpleName();
	}

}
