package io.adaptive.gshell.code;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * The artifacts of an app beside those that the program has already, which win.
 *
 * @param added jars that the program does not have
 * @param notes a line for the user if the program has artifacts in other versions; else
 * empty
 */
public record ArtifactSelection(List<Path> added, List<String> notes) {

	/** A jar is known by most of its first classes: it may hold a few of another one. */
	private static final int CLASSES = 16;

	/** Without any artifact. */
	public static final ArtifactSelection EMPTY = new ArtifactSelection(List.of(), List.of());

	/**
	 * Chooses the artifacts that a class loader does not have.
	 * @param artifacts the artifacts of an app
	 * @param program loader of the classes that the app sees without them
	 * @return the choice
	 * @throws CodeException if a jar cannot be read
	 */
	public static ArtifactSelection of(List<Artifact> artifacts, ClassLoader program) {
		List<Path> added = new ArrayList<>();
		Map<String, List<String>> others = new LinkedHashMap<>();
		for (Artifact artifact : artifacts) {
			Optional<URL> held = held(artifact, program);
			if (held.isEmpty()) {
				added.add(artifact.file());
			}
			held.flatMap((url) -> version(url, artifact))
				.filter((version) -> !version.equals(artifact.version()))
				.ifPresent((version) -> others
					.computeIfAbsent("%s, not %s".formatted(version, artifact.version()), (key) -> new ArrayList<>())
					.add(artifact.key()));
		}
		return new ArtifactSelection(List.copyOf(added), notes(others));
	}

	private static List<String> notes(Map<String, List<String>> others) {
		if (others.isEmpty()) {
			return List.of();
		}
		return List.of(others.entrySet()
			.stream()
			.map((entry) -> "%s %s".formatted(String.join(", ", entry.getValue()), entry.getKey()))
			.collect(Collectors.joining("; ", "The app uses versions of its group: ", ".")));
	}

	private static Optional<URL> held(Artifact artifact, ClassLoader program) {
		try (JarFile jar = new JarFile(artifact.file().toFile(), false)) {
			List<String> names = jar.stream()
				.map((entry) -> entry.getName())
				.filter((name) -> name.endsWith(".class") && !name.startsWith("META-INF/")
						&& !name.equals("module-info.class"))
				.limit(CLASSES)
				.toList();
			List<URL> found = names.stream()
				.flatMap((name) -> Optional.ofNullable(program.getResource(name)).stream())
				.toList();
			return (2 * found.size() > names.size()) ? Optional.of(found.get(0)) : Optional.empty();
		}
		catch (IOException ex) {
			throw new CodeException("%s is no jar: %s; install it again".formatted(artifact.file(), Reasons.of(ex)),
					ex);
		}
	}

	/**
	 * Reads the version out of the name of the jar that has a class; without a jar of
	 * this name it is unknown.
	 */
	private static Optional<String> version(URL held, Artifact artifact) {
		String url = held.toString();
		int end = url.lastIndexOf(".jar!/");
		if (end < 0) {
			return Optional.empty();
		}
		String jar = url.substring(url.lastIndexOf('/', end) + 1, end);
		String name = artifact.name().replaceFirst(":.*", "") + "-";
		String classifier = artifact.name().contains(":") ? artifact.name().replaceFirst(".*:", "-") : "";
		return (jar.startsWith(name) && jar.endsWith(classifier) && jar.length() > name.length() + classifier.length())
				? Optional.of(jar.substring(name.length(), jar.length() - classifier.length())) : Optional.empty();
	}

}
