import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts an artifact into a repository, with the list of its jars and those it needs:
 * {@code ArtifactClosure GROUP:ARTIFACT:VERSION JAR DEPENDENCIES REPOSITORY}. The folder
 * of the dependencies has the layout of a Maven repository.
 */
final class ArtifactClosure {

	private ArtifactClosure() {
	}

	public static void main(String[] args) throws IOException {
		String[] parts = args[0].split(":");
		Path dependencies = Path.of(args[2]);
		Path repository = Path.of(args[3]);
		String folder = "%s/%s/%s".formatted(parts[0].replace('.', '/'), parts[1], parts[2]);
		String file = "%s/%s-%s".formatted(folder, parts[1], parts[2]);
		Files.createDirectories(repository.resolve(folder));
		Path jar = repository.resolve(file + ".jar");
		Files.copy(Path.of(args[1]), jar, StandardCopyOption.REPLACE_EXISTING);
		List<String> lines = new ArrayList<>();
		lines.add(line(repository, jar));
		for (Path each : jars(dependencies)) {
			lines.add(line(dependencies, each));
		}
		Files.write(repository.resolve(file + ".closure"), lines);
	}

	/** A build without clean leaves those of other versions. */
	private static List<Path> jars(Path root) throws IOException {
		try (Stream<Path> files = Files.walk(root)) {
			List<Path> jars = files.filter((path) -> path.toString().endsWith(".jar")).sorted().toList();
			Set<Path> versions = jars.stream().map(Path::getParent).collect(Collectors.toSet());
			if (versions.stream().map(Path::getParent).distinct().count() != versions.size()) {
				throw new IllegalStateException("Two versions of an artifact are in " + root + "; build with clean");
			}
			return jars;
		}
	}

	private static String line(Path root, Path jar) throws IOException {
		String path = root.relativize(jar).toString().replace('\\', '/');
		return "%s %s".formatted(sha256(Files.readAllBytes(jar)), path);
	}

	private static String sha256(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
