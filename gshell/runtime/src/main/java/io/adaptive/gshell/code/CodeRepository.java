package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A code repository in a local folder. It is read anew for each request, so it may be
 * edited at any time. Paths have slashes, begin at the root, and name nothing outside of
 * it; symbolic links are followed if they stay inside. Names that begin with a dot are
 * left out.
 * <p>
 * An app is a file with the suffix {@code .java}, or a folder with all that is in it.
 * Files named by {@code //SOURCES} are added: a path with a slash at its beginning starts
 * at the root, any other at the folder of the file that names it. An app has at most
 * 1,000 files and folders, and 32 MiB.
 * <p>
 * Safe for use by several threads.
 */
public final class CodeRepository {

	private static final int MAX_ENTRIES = 10_000;

	private final RepositoryRoot root;

	private final BundleLimits limits;

	CodeRepository(Path folder, BundleLimits limits) {
		this.root = RepositoryRoot.of(folder);
		this.limits = limits;
	}

	/**
	 * Makes a repository of a folder.
	 * @param folder the folder of the apps
	 * @return the repository
	 * @throws CodeException if it is no folder or cannot be read
	 */
	public static CodeRepository of(Path folder) {
		return new CodeRepository(folder, BundleLimits.DEFAULT);
	}

	/**
	 * Reads an app outside of any repository. Its parent folder takes the place of the
	 * root, so {@code //SOURCES} may name files below that.
	 * @param path file or folder of the app
	 * @return the bundle of the app
	 * @throws CodeException if there is no such app, or part of it cannot be taken
	 */
	public static CodeBundle local(Path path) {
		Path absolute = path.toAbsolutePath().normalize();
		Path parent = absolute.getParent();
		if (parent == null) {
			throw new CodeException("%s is no app; name a file or a folder of one".formatted(path));
		}
		return of(parent).bundle(absolute.getFileName().toString());
	}

	/**
	 * Reads an app.
	 * @param path path of its file or folder
	 * @return the bundle of the app
	 * @throws CodeException if there is no such app, or part of it cannot be taken
	 */
	public CodeBundle bundle(String path) {
		String name = this.root.nameOf(path);
		if (name.isEmpty()) {
			throw new CodeException(
					"The repository %s as a whole is no app; name a file or folder in it".formatted(this.root));
		}
		return new BundleReader(this.root, name, this.limits).read();
	}

	/**
	 * Lists a folder; a file lists itself.
	 * @param path path of the folder or file, empty for the root
	 * @return folders and files, sorted by name. What can be part of no app is left out:
	 * devices, links that lead nowhere or out of the repository
	 * @throws CodeException if there is nothing of this name, it cannot be read, or it
	 * has more than 10,000 entries
	 */
	public List<CodeEntry> list(String path) {
		String name = this.root.nameOf(path);
		Path real = this.root.locate(name);
		if (!Files.isDirectory(real)) {
			return List.of(new CodeEntry(name.substring(name.lastIndexOf('/') + 1), false));
		}
		try (Stream<Path> entries = Files.list(real)) {
			List<String> names = entries.limit(MAX_ENTRIES + 1).map((entry) -> entry.getFileName().toString()).toList();
			if (names.size() > MAX_ENTRIES) {
				throw new CodeException("%s in the repository %s has more than %s entries; name a folder below it"
					.formatted(name, this.root, MAX_ENTRIES));
			}
			return names.stream()
				.filter((entry) -> !entry.startsWith("."))
				.flatMap((entry) -> entry(name, entry).stream())
				.sorted(Comparator.comparing(CodeEntry::name, CodeBundle.BY_BYTES))
				.toList();
		}
		catch (IOException ex) {
			throw this.root.unreadable(name.isEmpty() ? "The root" : name, ex);
		}
	}

	private Optional<CodeEntry> entry(String folder, String entry) {
		try {
			Path real = this.root.locate(folder.isEmpty() ? entry : folder + "/" + entry);
			boolean isFolder = Files.isDirectory(real);
			return (isFolder || Files.isRegularFile(real)) ? Optional.of(new CodeEntry(entry, isFolder))
					: Optional.empty();
		}
		catch (CodeException ex) {
			return Optional.empty();
		}
	}

	@Override
	public String toString() {
		return this.root.toString();
	}

}
