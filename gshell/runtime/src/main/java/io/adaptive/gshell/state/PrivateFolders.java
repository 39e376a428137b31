package io.adaptive.gshell.state;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import io.adaptive.gshell.code.DurableFiles;
import io.adaptive.gshell.code.Reasons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders that only their user may enter.
 */
final class PrivateFolders {

	private static final Logger logger = LoggerFactory.getLogger(PrivateFolders.class);

	private static final String REMOVED = ".removed";

	private PrivateFolders() {
	}

	private static boolean hasPermissions() {
		return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
	}

	/**
	 * Makes a folder and the missing ones around it.
	 */
	static void make(Path folder) throws IOException {
		FileAttribute<?>[] mode = hasPermissions()
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")) }
				: new FileAttribute<?>[0];
		Files.createDirectories(folder, mode);
	}

	/**
	 * Checks that a folder is no link, and this user's alone.
	 * @throws StateException if it is not
	 */
	static void check(Path folder) {
		try {
			if (Files.isSymbolicLink(folder) || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
				throw new StateException("%s is no folder; name another one".formatted(folder));
			}
			if (!hasPermissions()) {
				return;
			}
			int owner = (Integer) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
			int user = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
			if (owner != user) {
				throw new StateException(
						"%s belongs to the user with id %s, this program runs as %s; name another folder"
							.formatted(folder, owner, user));
			}
			Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
			if (permissions.stream().anyMatch((permission) -> !permission.name().startsWith("OWNER"))) {
				throw new StateException("%s is open to other users; close it: chmod 700 %s".formatted(folder, folder));
			}
		}
		catch (IOException ex) {
			throw new StateException("%s; look at the rights there".formatted(Reasons.of(ex)), ex);
		}
	}

	/**
	 * Lists the folders in a folder whose names do not begin with a dot.
	 */
	static List<Path> list(Path folder) {
		try (Stream<Path> entries = Files.list(folder)) {
			return new ArrayList<>(entries
				.filter((entry) -> !entry.getFileName().toString().startsWith(".") && Files.isDirectory(entry))
				.sorted()
				.toList());
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
		catch (IOException ex) {
			throw new StateException("%s; look at the rights there".formatted(Reasons.of(ex)), ex);
		}
	}

	/**
	 * Moves a folder out of sight, and deletes it.
	 */
	static void remove(Path folder) {
		deleteQuietly(hide(folder));
	}

	/**
	 * Moves a folder out of sight.
	 */
	static Path hide(Path folder) {
		try {
			Path hidden = folder.resolveSibling(".%s.%s%s".formatted(folder.getFileName(), UUID.randomUUID(), REMOVED));
			Files.move(folder, hidden, StandardCopyOption.ATOMIC_MOVE);
			DurableFiles.syncFolder(folder.resolveSibling("."));
			return hidden;
		}
		catch (IOException ex) {
			throw new StateException("State cannot be removed: %s; look at the rights there".formatted(Reasons.of(ex)),
					ex);
		}
	}

	/**
	 * Deletes what was left by processes that ended while they made or removed a folder.
	 * Only for the one process that writes there.
	 */
	static void deleteLeftovers(Path folder) {
		try (Stream<Path> entries = Files.list(folder)) {
			entries.filter((entry) -> {
				String name = entry.getFileName().toString();
				return name.startsWith(".") && (name.endsWith(REMOVED) || name.endsWith(".draft"));
			}).forEach(PrivateFolders::deleteQuietly);
		}
		catch (IOException ex) {
			logger.debug("leftovers are not deleted folder={}", folder, ex);
		}
	}

	static void deleteQuietly(Path folder) {
		try {
			if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
				DurableFiles.deleteTree(folder);
			}
		}
		catch (IOException ex) {
			logger.warn("a folder is not deleted folder={} reason=\"{}\"", folder, Reasons.of(ex));
		}
	}

}
