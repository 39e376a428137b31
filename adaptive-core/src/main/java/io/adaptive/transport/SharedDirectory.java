package io.adaptive.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A directory in which the programs of several users meet. Whoever may enter it can reach
 * the services of all; nobody can remove or replace what belongs to another.
 */
final class SharedDirectory {

	private static final int STICKY = 01000;

	private static final int WRITABLE_BY_OTHERS = 0022;

	private SharedDirectory() {
	}

	/**
	 * Makes the directory if needed, open to everybody, and checks it. One that is there
	 * keeps its permissions, such as those for one group only.
	 * @throws UncheckedIOException if it cannot be made
	 * @throws IllegalStateException if it is a link, or its users could replace each
	 * other's files
	 */
	static void open(Path path) {
		try {
			create(path);
			check(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Shared socket directory %s cannot be used".formatted(path), ex);
		}
	}

	private static void create(Path path) throws IOException {
		try {
			Files.createDirectory(path);
			Files.setAttribute(path, "unix:mode", STICKY | 0777);
		}
		catch (FileAlreadyExistsException ex) {
			// Checked below, whoever made it.
		}
	}

	private static void check(Path path) throws IOException {
		if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
			throw new IllegalStateException(
					"Shared socket directory %s is a link or a file, not a directory; remove it".formatted(path));
		}
		int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
		if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
			throw new IllegalStateException(
					"In shared socket directory %s users could replace each other's files; run: chmod +t %s"
						.formatted(path, path));
		}
	}

	/**
	 * Lets whoever may enter the directory use one of its files as the owner can.
	 */
	static void share(Path file) {
		try {
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s cannot be shared".formatted(file), ex);
		}
	}

}
