package io.adaptive.gshell.code;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The jars and folders against which apps are compiled. As in a class path, an entry that
 * does not exist is left out, and the first that has a class wins.
 */
final class ClassPath implements Closeable {

	private final List<ClassPathEntry> entries = new ArrayList<>();

	private final Map<String, List<ClassPathEntry>> packages = new HashMap<>();

	private final String fingerprint;

	ClassPath(List<Path> paths) {
		Map<String, String> states = new LinkedHashMap<>();
		for (Path path : paths) {
			if (Files.exists(path)) {
				add(path, states);
			}
		}
		this.fingerprint = Sha256.of(states.toString());
	}

	private void add(Path path, Map<String, String> states) {
		try {
			ClassPathEntry entry = Files.isDirectory(path) ? new FolderEntry(path) : new JarEntries(path);
			this.entries.add(entry);
			entry.packages()
				.forEach((name) -> this.packages.computeIfAbsent(name, (key) -> new ArrayList<>()).add(entry));
			states.put(path.toString(), entry.state());
		}
		catch (IOException ex) {
			close();
			throw new CodeException("The entry %s of the class path cannot be read: %s; install it again"
				.formatted(path, Reasons.of(ex)), ex);
		}
	}

	Set<String> packages() {
		return this.packages.keySet();
	}

	/**
	 * Returns the class file of a type.
	 * @param packageName the package, with dots
	 * @param path the path of the class file
	 */
	byte @Nullable [] find(String packageName, String path) throws IOException {
		for (ClassPathEntry entry : this.packages.getOrDefault(packageName, List.of())) {
			byte[] content = entry.find(path);
			if (content != null) {
				return content;
			}
		}
		return null;
	}

	/**
	 * Returns a text that changes with any entry: by its size and time of change.
	 */
	String fingerprint() {
		return this.fingerprint;
	}

	@Override
	public void close() {
		this.entries.forEach(ClassPathEntry::close);
	}

	/**
	 * A jar or a folder.
	 */
	interface ClassPathEntry {

		Collection<String> packages() throws IOException;

		byte @Nullable [] find(String path) throws IOException;

		String state() throws IOException;

		void close();

	}

}
