package io.adaptive.internal.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.adaptive.message.SocketDirectoryException;

/**
 * A directory for the processes of several users. Every user who may enter it can reach
 * the services of all; none can remove or replace the files of another.
 */
final class SharedDirectory {

	private static final int STICKY = 01000;

	private static final int WRITABLE_BY_OTHERS = 0022;

	private SharedDirectory() {
	}

	/**
	 * Creates the directory if needed, open to all users, and checks it. An existing one
	 * keeps its permissions, for example those for one group only.
	 * @throws SocketDirectoryException if it cannot be created, is a link, or its users
	 * could replace each other's files
	 */
	static void open(Path path) {
		try {
			create(path);
			check(path);
		}
		catch (IOException ex) {
			throw PrivateDirectory.unusable(path, ex);
		}
	}

	private static void create(Path path) throws IOException {
		try {
			Files.createDirectory(path);
			Files.setAttribute(path, "unix:mode", STICKY | 0777);
		}
		catch (FileAlreadyExistsException ex) {
			// Checked below, regardless of its creator.
		}
	}

	private static void check(Path path) throws IOException {
		PrivateDirectory.checkIsDirectory(path, Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS),
				Files.isSymbolicLink(path));
		int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
		if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
			throw new SocketDirectoryException(path,
					"is shared, and its users could replace each other's files, since it has no sticky bit",
					PrivateDirectory.remedy(path, "chmod +t"), null);
		}
	}

	/**
	 * Gives all users that may enter the directory read and write access to one of its
	 * files.
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
