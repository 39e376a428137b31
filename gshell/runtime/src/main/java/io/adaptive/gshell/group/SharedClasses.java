package io.adaptive.gshell.group;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;
import java.util.List;

import io.adaptive.gshell.share.SharedTypes;
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

	private final ClassLoader group;

	private final SharedTypes types = new SharedTypes(this);

	/**
	 * Makes the loader.
	 * @param group the loader of all classes of the group
	 */
	SharedClasses(ClassLoader group) {
		super("gshell-shared", ClassLoader.getPlatformClassLoader());
		this.group = group;
	}

	/**
	 * The types of the jobs' own code that they share.
	 */
	SharedTypes types() {
		return this.types;
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

}
