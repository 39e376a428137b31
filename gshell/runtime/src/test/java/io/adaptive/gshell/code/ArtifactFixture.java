package io.adaptive.gshell.code;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A repository of artifacts in a folder of a test.
 */
public final class ArtifactFixture {

	private final Path root;

	private final Map<String, String> lines = new TreeMap<>();

	public ArtifactFixture(Path root) {
		this.root = root;
	}

	/**
	 * Adds a jar with the classes of some sources and the other files, and its closure,
	 * which has the given artifacts, too.
	 */
	public Path add(String coordinates, Map<String, String> files, String... needs) throws IOException {
		String[] parts = coordinates.split(":");
		String classifier = (parts.length > 3) ? "-" + parts[3] : "";
		String folder = "%s/%s/%s".formatted(parts[0].replace('.', '/'), parts[1], parts[2]);
		Path jar = Files.createDirectories(this.root.resolve(folder))
			.resolve("%s-%s%s.jar".formatted(parts[1], parts[2], classifier));
		pack(jar, files);
		this.lines.put(coordinates, "%s %s".formatted(Sha256.of(Files.readAllBytes(jar)), this.root.relativize(jar)));
		List<String> closure = new ArrayList<>(List.of(this.lines.get(coordinates)));
		Stream.of(needs).map(this.lines::get).forEach(closure::add);
		Files.write(list(coordinates), closure);
		return jar;
	}

	Path list(String coordinates) {
		String[] parts = coordinates.split(":");
		return this.root
			.resolve("%s/%s/%s/%2$s-%3$s.closure".formatted(parts[0].replace('.', '/'), parts[1], parts[2]));
	}

	private static void pack(Path jar, Map<String, String> files) throws IOException {
		Path folder = Files.createTempDirectory(jar.getParent(), "classes");
		for (Map.Entry<String, String> file : files.entrySet()) {
			Path path = folder.resolve(file.getKey());
			Files.createDirectories(path.getParent());
			Files.writeString(path, file.getValue());
			if (file.getKey().endsWith(".java")) {
				int status = ToolProvider.getSystemJavaCompiler()
					.run(null, null, null, "-d", folder.toString(), path.toString());
				assertThat(status).isZero();
				Files.delete(path);
			}
		}
		try (OutputStream out = Files.newOutputStream(jar);
				JarOutputStream entries = new JarOutputStream(out);
				Stream<Path> paths = Files.walk(folder)) {
			for (Path path : paths.skip(1).sorted().toList()) {
				boolean isFolder = Files.isDirectory(path);
				entries.putNextEntry(new JarEntry(folder.relativize(path) + (isFolder ? "/" : "")));
				if (!isFolder) {
					Files.copy(path, entries);
				}
			}
		}
	}

}
