package io.adaptive.gshell.group;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Jars and folders that apps are compiled against: the same ones in the daemon and in its
 * groups, so that they share compiled code.
 */
public final class AppClassPath {

	/** A class of each jar that apps may be compiled against. */
	private static final List<String> COMPILED_AGAINST = List.of("io.adaptive.node.AdaptiveNode",
			"io.adaptive.annotation.Message", "io.adaptive.gshell.message.group.RunJob", "reactor.core.publisher.Flux",
			"org.reactivestreams.Publisher", "org.slf4j.Logger", "org.jspecify.annotations.Nullable");

	private AppClassPath() {
	}

	/**
	 * Finds the jars and folders that a class loader has the classes from.
	 * @param loader the class loader
	 * @return absolute paths
	 */
	public static List<Path> find(ClassLoader loader) {
		Set<Path> paths = new LinkedHashSet<>();
		for (String name : COMPILED_AGAINST) {
			try {
				CodeSource source = loader.loadClass(name).getProtectionDomain().getCodeSource();
				if (source != null) {
					paths.add(Path.of(source.getLocation().toURI()));
				}
			}
			catch (ClassNotFoundException | URISyntaxException ex) {
				// An annotation need not be there at run time.
			}
		}
		return List.copyOf(paths);
	}

}
