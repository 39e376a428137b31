package io.adaptive.internal.transport;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.adaptive.message.SocketDirectoryException;
import org.jspecify.annotations.Nullable;

/**
 * A directory that belongs to this user and that no other user may enter.
 */
final class PrivateDirectory {

	private static final int STICKY = 01000;

	private static final Pattern FILE_OF_A_NODE = Pattern.compile("[0-9a-f]{16}[-.].+|provider-id.*|r[0-9]+");

	private PrivateDirectory() {
	}

	/**
	 * Creates the directory if needed, and checks it. Changes no other directory.
	 * @throws SocketDirectoryException if it cannot be created, is a link, belongs to
	 * another user or is open to others
	 */
	static void open(Path path) {
		try {
			create(path);
			check(path);
		}
		catch (IOException ex) {
			throw unusable(path, ex);
		}
	}

	/**
	 * Returns the numeric id of this user, as the owner of a file in the temporary
	 * directory.
	 */
	static Object userId(Path temporary) {
		try {
			return withProbe(temporary, (probe) -> Files.getAttribute(probe, "unix:uid"));
		}
		catch (IOException ex) {
			throw unusable(temporary.resolve("adaptive-*"), ex);
		}
	}

	static SocketDirectoryException unusable(Path path, IOException reason) {
		return new SocketDirectoryException(path, "cannot be used: " + inWords(reason), null, reason);
	}

	private static String inWords(IOException reason) {
		if (reason instanceof NoSuchFileException) {
			return "the directory in which it is to be does not exist";
		}
		if (reason instanceof AccessDeniedException) {
			return "permission denied";
		}
		String known = (reason instanceof FileSystemException system) ? system.getReason() : null;
		return (known != null) ? known : reason.toString();
	}

	/**
	 * Reads from a new file: only its owner reliably is the user of this process.
	 */
	private static <T> T withProbe(Path directory, ProbeReader<T> reader) throws IOException {
		Path probe = Files.createTempFile(directory, "adaptive", "user");
		try {
			return reader.read(probe);
		}
		finally {
			Files.delete(probe);
		}
	}

	private static void create(Path path) throws IOException {
		try {
			Files.createDirectory(path,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		}
		catch (FileAlreadyExistsException ex) {
			// Checked below, regardless of its creator.
		}
	}

	private static void check(Path path) throws IOException {
		PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class,
				LinkOption.NOFOLLOW_LINKS);
		checkIsDirectory(path, attributes.isDirectory(), attributes.isSymbolicLink());
		String permissions = PosixFilePermissions.toString(attributes.permissions());
		if (!permissions.endsWith("------")) {
			throw new SocketDirectoryException(path,
					"may be entered by other users (%s), which would let them use all services".formatted(permissions),
					remedy(path, "chmod 700"), null);
		}
		if (!attributes.owner().equals(thisUser(path))) {
			throw new SocketDirectoryException(path, "belongs to %s, not to this user".formatted(attributes.owner()),
					null, null);
		}
	}

	static void checkIsDirectory(Path path, boolean isDirectory, boolean isLink) {
		if (!isDirectory) {
			throw new SocketDirectoryException(path, isLink ? "is a link, not a directory" : "is not a directory", null,
					null);
		}
	}

	static @Nullable UserPrincipal thisUser(Path directory) throws IOException {
		try {
			return withProbe(directory, Files::getOwner);
		}
		catch (AccessDeniedException ex) {
			return null;
		}
	}

	/**
	 * Returns the command that repairs a directory, only if it certainly was created by
	 * nodes of this user for themselves. Other programs may depend on the mode of any
	 * other one, for example on that of {@code /tmp}.
	 */
	static @Nullable String remedy(Path path, String command) {
		try (Stream<Path> files = Files.list(path)) {
			int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
			Path[] all = files.limit(1000).toArray(Path[]::new);
			boolean onlyNodes = all.length > 0 && Stream.of(all)
				.allMatch((file) -> FILE_OF_A_NODE.matcher(file.getFileName().toString()).matches());
			return onlyNodes && (mode & STICKY) == 0
					&& Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(thisUser(path))
							? "run: %s %s".formatted(command, path) : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	/**
	 * Reads an attribute of a file.
	 */
	@FunctionalInterface
	private interface ProbeReader<T> {

		T read(Path file) throws IOException;

	}

}
