package io.adaptive.gshell.code;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

import org.jspecify.annotations.Nullable;

/**
 * A jar, with the versions of its classes for the running release.
 */
final class JarEntries implements ClassPath.ClassPathEntry {

	private static final Pattern VERSION = Pattern.compile("^META-INF/versions/[0-9]+/?");

	private final Path path;

	private final JarFile jar;

	JarEntries(Path path) throws IOException {
		this.path = path;
		this.jar = new JarFile(new File(path.toString()), false, ZipFile.OPEN_READ, Runtime.version());
	}

	@Override
	public Collection<String> packages() {
		Set<String> folders = new HashSet<>();
		for (Iterator<JarEntry> entries = this.jar.entries().asIterator(); entries.hasNext();) {
			String name = entries.next().getName();
			if (name.endsWith(".class")) {
				folders.add(name.substring(0, Math.max(name.lastIndexOf('/'), 0)));
			}
		}
		return folders.stream().map(JarEntries::packageOf).collect(Collectors.toSet());
	}

	private static String packageOf(String folder) {
		return VERSION.matcher(folder).replaceFirst("").replace('/', '.');
	}

	@Override
	public byte @Nullable [] find(String name) throws IOException {
		JarEntry entry = this.jar.getJarEntry(name);
		if (entry == null) {
			return null;
		}
		try (InputStream stream = this.jar.getInputStream(entry)) {
			return stream.readAllBytes();
		}
	}

	@Override
	public String state() throws IOException {
		return "%s %s".formatted(Files.size(this.path), Files.getLastModifiedTime(this.path));
	}

	@Override
	public void close() {
		try {
			this.jar.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
