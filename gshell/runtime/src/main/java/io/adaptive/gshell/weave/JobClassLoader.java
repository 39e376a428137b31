package io.adaptive.gshell.weave;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Loader of the classes of one run of a job: two runs share no static field. Classes are
 * asked of the parent first, and are woven when they are defined here. Resources are the
 * given ones, those of the jars, and the class files as they were before weaving.
 * <p>
 * Parallel capable. After {@link #close()} it finds neither classes nor resources.
 */
public final class JobClassLoader extends ClassLoader implements AutoCloseable {

	static {
		registerAsParallelCapable();
	}

	/** Defined anew by each loader, as links from woven code to the job. */
	private static final Set<String> LINKS = Stream
		.concat(Stream.of(JobLink.class, VirtualThreads.class), CallSites.TARGETS.stream())
		.map(Class::getName)
		.collect(Collectors.toUnmodifiableSet());

	/** Types that the links refer to, with any parent. */
	private static final Map<String, Class<?>> SHARED = Stream
		.of(JobClassLoader.class, JobEnvironment.class, JobStopped.class)
		.collect(Collectors.toUnmodifiableMap(Class::getName, (type) -> type));

	private static final List<String> FORBIDDEN = List.of("java.", "io.adaptive.gshell.");

	private final Weaver weaver = new Weaver();

	private final Set<String> unguarded;

	private final JobJars jars;

	private final JobEnvironment environment;

	private volatile Map<String, byte[]> classes;

	private volatile Map<String, byte[]> resources;

	/**
	 * Creates the loader of one run.
	 * @param parent the loader of what all jobs of the group share
	 * @param code classes, resources and jars of the app
	 * @param environment called by woven classes
	 * @throws IllegalArgumentException if a class of the app itself is in a package that
	 * a job must not add to
	 * @throws UncheckedIOException if a jar cannot be read
	 */
	public JobClassLoader(ClassLoader parent, AppClasses code, JobEnvironment environment) {
		super(parent);
		code.classes().keySet().forEach(JobClassLoader::requireAllowed);
		this.classes = code.classes();
		this.resources = code.resources();
		this.unguarded = code.unguarded();
		this.jars = new JobJars(code.jars());
		this.environment = environment;
	}

	private static void requireAllowed(String name) {
		String forbidden = forbidden(name);
		if (forbidden != null) {
			throw new IllegalArgumentException("The class " + name + " is in a package below " + forbidden
					+ ", which belongs to the platform; move it to a package of your own");
		}
	}

	private static @Nullable String forbidden(String name) {
		for (String prefix : FORBIDDEN) {
			if (name.startsWith(prefix)) {
				return prefix.substring(0, prefix.length() - 1);
			}
		}
		return null;
	}

	/**
	 * Environment that woven classes of this loader call.
	 */
	public JobEnvironment environment() {
		return this.environment;
	}

	/**
	 * Makes each stop check of the job's classes throw {@link JobStopped} from now on, on
	 * any thread. Does nothing to classes woven without the check.
	 */
	public void stop() {
		try {
			loadClass(JobLink.class.getName()).getMethod("stop").invoke(null);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("The stop check cannot be set", ex);
		}
	}

	/**
	 * Whether a class of this name has been defined here, not by the parent.
	 */
	public boolean hasLoaded(String name) {
		Class<?> loaded = findLoadedClass(name);
		return loaded != null && loaded.getClassLoader() == this;
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		Class<?> shared = SHARED.get(name);
		if (shared != null) {
			return shared;
		}
		return isLink(name) ? link(name) : super.loadClass(name, resolve);
	}

	/** Also a class inside of one. */
	static boolean isLink(String name) {
		int inner = name.indexOf('$');
		return LINKS.contains((inner < 0) ? name : name.substring(0, inner));
	}

	private Class<?> link(String name) throws ClassNotFoundException {
		synchronized (getClassLoadingLock(name)) {
			Class<?> loaded = findLoadedClass(name);
			if (loaded != null) {
				return loaded;
			}
			String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
			try (InputStream in = JobLink.class.getResourceAsStream(file)) {
				if (in == null) {
					throw new ClassNotFoundException(name);
				}
				return define(name, in.readAllBytes());
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}
	}

	@Override
	protected Class<?> findClass(String name) throws ClassNotFoundException {
		byte[] classFile = this.classes.get(name);
		if (classFile != null) {
			return define(name, this.weaver.weave(classFile, !this.unguarded.contains(name)));
		}
		JobJars.Content content = (forbidden(name) == null) ? this.jars.find(name.replace('.', '/') + ".class") : null;
		if (content == null) {
			throw new ClassNotFoundException(name + " is neither in the job nor in its group");
		}
		byte[] woven = this.weaver.weave(content.bytes(), true);
		return defineClass(name, woven, 0, woven.length, content.domain());
	}

	private Class<?> define(String name, byte[] classFile) {
		return defineClass(name, classFile, 0, classFile.length);
	}

	@Override
	protected @Nullable URL findResource(String name) {
		return found(name).findFirst().orElse(null);
	}

	@Override
	protected Enumeration<URL> findResources(String name) {
		return Collections.enumeration(found(name).toList());
	}

	private Stream<URL> found(String name) {
		byte[] content = content(name);
		Stream<URL> own = (content != null) ? Stream.of(url(name, content)) : Stream.empty();
		return Stream.concat(own, this.jars.resources(name));
	}

	private byte @Nullable [] content(String name) {
		byte[] resource = this.resources.get(name);
		if (resource != null || !name.endsWith(".class")) {
			return resource;
		}
		return this.classes.get(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
	}

	private URL url(String name, byte[] content) {
		try {
			return new URL("gshell", null, -1, "/" + name, new ContentHandler(content));
		}
		catch (MalformedURLException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Forgets the class files and resources. Classes that are loaded stay usable.
	 */
	@Override
	public void close() {
		this.classes = Map.of();
		this.resources = Map.of();
		this.jars.close();
	}

	private static final class ContentHandler extends URLStreamHandler {

		private final byte[] content;

		private ContentHandler(byte[] content) {
			this.content = content;
		}

		@Override
		protected URLConnection openConnection(URL url) {
			return new URLConnection(url) {
				@Override
				public void connect() {
					this.connected = true;
				}

				@Override
				public long getContentLengthLong() {
					return ContentHandler.this.content.length;
				}

				@Override
				public InputStream getInputStream() {
					return new ByteArrayInputStream(ContentHandler.this.content);
				}
			};
		}

	}

}
