package io.adaptive.gshell.group;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Classes that all jobs of a group share: the framework, what it depends on, the messages
 * of gshell and the logging, beside the platform. Nothing else of the group's own classes
 * is visible to jobs.
 */
final class SharedClasses extends ClassLoader {

	static {
		registerAsParallelCapable();
	}

	private static final List<String> SHARED = List.of("io.adaptive.", "reactor.", "org.reactivestreams.", "io.netty.",
			"org.apache.fory.", "org.slf4j.", "ch.qos.logback.", "org.jspecify.");

	private static final String OWN = "io.adaptive.gshell.";

	private static final String MESSAGES = "io.adaptive.gshell.message.";

	/** A class of each jar that apps may be compiled against. */
	private static final List<String> COMPILED_AGAINST = List.of("io.adaptive.node.AdaptiveNode",
			"io.adaptive.annotation.Message", "io.adaptive.gshell.message.group.RunJob", "reactor.core.publisher.Flux",
			"org.reactivestreams.Publisher", "org.slf4j.Logger", "org.jspecify.annotations.Nullable");

	private final ClassLoader group;

	/**
	 * Makes the loader.
	 * @param group the loader of all classes of the group
	 */
	SharedClasses(ClassLoader group) {
		super("gshell-shared", ClassLoader.getPlatformClassLoader());
		this.group = group;
	}

	private static boolean isShared(String name) {
		return SHARED.stream().anyMatch(name::startsWith) && (!name.startsWith(OWN) || name.startsWith(MESSAGES));
	}

	private static boolean isSharedResource(String name) {
		return isShared(name.replace('/', '.')) || name.startsWith("META-INF/services/");
	}

	@Override
	protected Class<?> findClass(String name) throws ClassNotFoundException {
		if (!isShared(name)) {
			throw new ClassNotFoundException(name);
		}
		return this.group.loadClass(name);
	}

	@Override
	protected @Nullable URL findResource(String name) {
		return isSharedResource(name) ? this.group.getResource(name) : null;
	}

	@Override
	protected Enumeration<URL> findResources(String name) throws IOException {
		return isSharedResource(name) ? this.group.getResources(name) : super.findResources(name);
	}

	/**
	 * The class path for compiling apps.
	 */
	List<Path> classPath() {
		Set<Path> paths = new LinkedHashSet<>();
		for (String name : COMPILED_AGAINST) {
			try {
				CodeSource source = loadClass(name).getProtectionDomain().getCodeSource();
				if (source != null) {
					paths.add(Path.of(source.getLocation().toURI()));
				}
			}
			catch (ClassNotFoundException | URISyntaxException ex) {
				// An annotation need not be there at run time.
			}
		}
		return new ArrayList<>(paths);
	}

}
