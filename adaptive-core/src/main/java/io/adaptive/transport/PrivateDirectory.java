package io.adaptive.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * A directory that belongs to this user, and that nobody else may enter.
 */
final class PrivateDirectory {

	private PrivateDirectory() {
	}

	/**
	 * Makes the directory if needed, and checks it.
	 * @throws UncheckedIOException if it cannot be made
	 * @throws IllegalStateException if it is a link, belongs to somebody else or is open
	 * to others
	 */
	static void open(Path path) {
		try {
			create(path);
			check(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Socket directory %s cannot be used".formatted(path), ex);
		}
	}

	/**
	 * Returns the number of this user.
	 */
	static Object userId() {
		return withProbe((probe) -> Files.getAttribute(probe, "unix:uid"));
	}

	private static UserPrincipal thisUser() {
		return withProbe(Files::getOwner);
	}

	/**
	 * Only a file that this process makes surely tells which user it is.
	 */
	private static <T> T withProbe(ProbeReader<T> reader) {
		try {
			Path probe = Files.createTempFile("adaptive", "user");
			try {
				return reader.read(probe);
			}
			finally {
				Files.delete(probe);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The temporary directory cannot be used", ex);
		}
	}

	private static void create(Path path) throws IOException {
		try {
			Files.createDirectory(path,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		}
		catch (FileAlreadyExistsException ex) {
			// Checked below, whoever made it.
		}
	}

	private static void check(Path path) throws IOException {
		PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class,
				LinkOption.NOFOLLOW_LINKS);
		if (!attributes.isDirectory()) {
			throw new IllegalStateException(
					"Socket directory %s is a link or a file, not a directory; remove it".formatted(path));
		}
		if (!attributes.owner().equals(thisUser())) {
			throw new IllegalStateException("Socket directory %s belongs to %s, not to this user; configure another"
				.formatted(path, attributes.owner()));
		}
		Set<PosixFilePermission> permissions = attributes.permissions();
		if (!PosixFilePermissions.toString(permissions).endsWith("------")) {
			throw new IllegalStateException("Socket directory %s is open to others (%s); run: chmod 700 %s"
				.formatted(path, PosixFilePermissions.toString(permissions), path));
		}
	}

	/**
	 * Reads something from a file.
	 */
	@FunctionalInterface
	private interface ProbeReader<T> {

		T read(Path file) throws IOException;

	}

}
