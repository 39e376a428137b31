package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The folder of a repository. Nothing outside of it is ever opened: neither by a path nor
 * behind a symbolic link.
 */
final class RepositoryRoot {

	private static final char REPLACEMENT = '\uFFFD';

	private final Path folder;

	private RepositoryRoot(Path folder) {
		this.folder = folder;
	}

	static RepositoryRoot of(Path folder) {
		try {
			Path real = folder.toRealPath();
			if (!Files.isDirectory(real)) {
				throw new CodeException(
						"The repository %s is no folder; name the folder of the apps".formatted(folder));
			}
			return new RepositoryRoot(real);
		}
		catch (IOException ex) {
			throw new CodeException(
					"The repository %s cannot be used: %s; name the folder of the apps, and let this user read it"
						.formatted(folder, Reasons.of(ex)),
					ex);
		}
	}

	/**
	 * Returns the name of a path that a user asked for: without {@code .}, empty for the
	 * root.
	 */
	String nameOf(String path) {
		checkName(path);
		if (path.startsWith("/")) {
			throw outside(path);
		}
		Deque<String> segments = new ArrayDeque<>();
		for (String segment : path.split("/", -1)) {
			if (segment.equals("..")) {
				throw outside(path);
			}
			add(segment, segments);
		}
		return String.join("/", segments);
	}

	/**
	 * Returns the name of a path of {@code //SOURCES}: from the root if it begins with a
	 * slash, else from the folder of the file that names it.
	 */
	String nameOf(String path, String file) {
		checkName(path);
		Deque<String> segments = new ArrayDeque<>();
		String whole = path.startsWith("/") ? path : file.substring(0, file.lastIndexOf('/') + 1) + path;
		for (String segment : whole.split("/", -1)) {
			if (!segment.equals("..")) {
				add(segment, segments);
			}
			else if (segments.pollLast() == null) {
				throw outside(path);
			}
		}
		return String.join("/", segments);
	}

	private void add(String segment, Deque<String> segments) {
		if (segment.isEmpty() || segment.equals(".")) {
			return;
		}
		if (segment.startsWith(".")) {
			throw new CodeException("%s is hidden in the repository %s, as every name that begins with a dot; rename it"
				.formatted(segment, this.folder));
		}
		segments.add(segment);
	}

	/**
	 * Refuses what {@code sha256sum} would write in another way, and what the locale
	 * cannot express.
	 */
	void checkName(String name) {
		if (name.chars().anyMatch((c) -> Character.isISOControl(c) || c == '\\' || c == REPLACEMENT)) {
			throw new CodeException(
					"\"%s\" in the repository %s has a character that no name may have (a control character, a backslash, or one that the locale of this process cannot express); give it another name"
						.formatted(name.replaceAll("\\p{Cntrl}", "?"), this.folder));
		}
	}

	/**
	 * Returns the real path of a name.
	 */
	Path locate(String name) {
		try {
			Path real = this.folder.resolve(name).toRealPath();
			if (!real.startsWith(this.folder)) {
				throw new CodeException(
						"%s is a symbolic link that leads out of the repository %s; put the file itself there"
							.formatted(name, this.folder));
			}
			return real;
		}
		catch (NoSuchFileException | NotDirectoryException ex) {
			throw missing(name, ex);
		}
		catch (InvalidPathException ex) {
			throw new CodeException("\"%s\" cannot be the name of a file in the locale of this process: %s"
				.formatted(name, ex.getReason()), ex);
		}
		catch (FileSystemException ex) {
			if (String.valueOf(ex.getReason()).contains("Not a directory")) {
				throw missing(name, ex);
			}
			throw unreadable(name, ex);
		}
		catch (IOException ex) {
			throw unreadable(name, ex);
		}
	}

	private CodeException missing(String name, IOException ex) {
		return new CodeException("There is no %s in the repository %s; list the folder above it to see what there is"
			.formatted(name, this), ex);
	}

	CodeException unreadable(String name, IOException ex) {
		return new CodeException("%s in the repository %s cannot be read: %s; let this user read it".formatted(name,
				this.folder, Reasons.of(ex)), ex);
	}

	private CodeException outside(String path) {
		return new CodeException("%s is outside of the repository %s; name a path below its root, without \"..\""
			.formatted(path, this.folder));
	}

	@Override
	public String toString() {
		return this.folder.toString();
	}

}
