package io.adaptive.benchmark.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What the hello application consists of, unpacked.
 *
 * @param classes its own classes
 * @param libraries all others
 */
record HelloJars(Path classes, List<Path> libraries) {

	/** Of Spring Boot's own starter for Reactor Netty. */
	private static final Pattern REACTOR_NETTY = Pattern.compile("(netty|reactor|reactive-streams)-.*");

	/** What comes with Adaptive beyond that. */
	private static final Pattern ADAPTIVE = Pattern.compile("(adaptive|fory|janino|commons-compiler)-.*");

	static HelloJars unpack(Path jar, Path directory) {
		try (ZipFile zip = new ZipFile(jar.toFile())) {
			for (ZipEntry entry : zip.stream().filter((each) -> each.getName().startsWith("BOOT-INF/")).toList()) {
				Path target = directory.resolve(entry.getName()).normalize();
				if (entry.isDirectory()) {
					Files.createDirectories(target);
				}
				else {
					Files.createDirectories(target.getParent());
					Files.copy(zip.getInputStream(entry), target);
				}
			}
			Path root = directory.resolve("BOOT-INF");
			try (var libraries = Files.list(root.resolve("lib"))) {
				return new HelloJars(root.resolve("classes"), libraries.sorted().toList());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean matches(Path library, Pattern pattern) {
		return pattern.matcher(library.getFileName().toString()).matches();
	}

	List<Path> added() {
		return this.libraries.stream().filter((library) -> matches(library, ADAPTIVE)).toList();
	}

	String classPathWithStarter() {
		return classPath((library) -> true);
	}

	String classPathWithout() {
		return classPath((library) -> !matches(library, ADAPTIVE) && !matches(library, REACTOR_NETTY));
	}

	private String classPath(Predicate<Path> wanted) {
		return this.classes + File.pathSeparator
				+ this.libraries.stream()
					.filter(wanted)
					.map(Path::toString)
					.collect(Collectors.joining(File.pathSeparator));
	}

}
