package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A folder of class files.
 */
final class FolderEntry implements ClassPath.ClassPathEntry {

	private final Path folder;

	private final List<Path> classFiles;

	FolderEntry(Path folder) throws IOException {
		this.folder = folder;
		try (Stream<Path> files = Files.walk(folder)) {
			this.classFiles = files.filter((file) -> file.toString().endsWith(".class")).sorted().toList();
		}
	}

	@Override
	public Collection<String> packages() {
		return this.classFiles.stream()
			.map((file) -> this.folder.relativize(file).getParent())
			.map((path) -> (path != null) ? path.toString().replace('/', '.') : "")
			.collect(Collectors.toCollection(TreeSet::new));
	}

	@Override
	public byte @Nullable [] find(String path) throws IOException {
		try {
			return Files.readAllBytes(this.folder.resolve(path));
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	@Override
	public String state() throws IOException {
		StringBuilder state = new StringBuilder();
		for (Path file : this.classFiles) {
			state.append(file).append(' ').append(Files.size(file)).append(' ').append(Files.getLastModifiedTime(file));
		}
		return state.toString();
	}

	@Override
	public void close() {
	}

}
