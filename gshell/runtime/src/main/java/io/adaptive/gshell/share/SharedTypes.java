package io.adaptive.gshell.share;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The types that jobs of a group share: each content is loaded once, as long as a job
 * uses it. A type that cannot be shared, or that does not load, is left to the jobs.
 * Thread-safe.
 */
public final class SharedTypes {

	private static final Logger logger = LoggerFactory.getLogger(SharedTypes.class);

	private final ClassLoader parent;

	private final Map<String, Entry> entries = new HashMap<>();

	/**
	 * Makes the types of a group, of which there are none.
	 * @param parent the loader of what all jobs of the group share
	 */
	public SharedTypes(ClassLoader parent) {
		this.parent = parent;
	}

	/**
	 * Takes the types of a job that can be shared, and loads and initializes those that
	 * no other job uses: on this thread, since an error in a job, as the end of its
	 * stack, would make a type unusable for all.
	 * @param classes binary names and class files of the job
	 * @return the types, to be closed at the end of the job
	 */
	public Lease lease(Map<String, byte[]> classes) {
		TypeClosures closures = new TypeClosures(classes);
		logger.debug("types that are not shared: {}", closures.refusals());
		List<Entry> used = new ArrayList<>();
		Map<String, Class<?>> types = new TreeMap<>();
		synchronized (this) {
			for (SharedUnit unit : closures.units()) {
				Entry entry = entry(unit);
				if (entry != null) {
					entry.jobs++;
					used.add(entry);
					types.putAll(entry.types);
				}
			}
		}
		return new Lease(this, used, types);
	}

	private @Nullable Entry entry(SharedUnit unit) {
		Entry known = this.entries.get(unit.digest());
		if (known != null) {
			return known;
		}
		Map<String, SharedTypeLoader> others = new HashMap<>();
		for (Map.Entry<String, String> other : unit.others().entrySet()) {
			Entry entry = this.entries.get(other.getValue());
			if (entry == null) {
				return null;
			}
			others.put(other.getKey(), entry.loader);
		}
		SharedTypeLoader loader = new SharedTypeLoader(this.parent, unit.classes(), others);
		try {
			Entry made = new Entry(unit.digest(), loader, load(unit, loader));
			this.entries.put(unit.digest(), made);
			return made;
		}
		catch (ClassNotFoundException | LinkageError | RuntimeException ex) {
			logger.debug("types {} are not shared", unit.classes().keySet(), ex);
			return null;
		}
	}

	private static Map<String, Class<?>> load(SharedUnit unit, SharedTypeLoader loader) throws ClassNotFoundException {
		Map<String, Class<?>> types = new HashMap<>();
		for (String name : unit.classes().keySet()) {
			Class<?> type = Class.forName(name, true, loader);
			if (type.getClassLoader() != loader) {
				throw new ClassNotFoundException(name + " is a class of the group");
			}
			types.put(name, type);
		}
		return types;
	}

	private synchronized void release(List<Entry> used) {
		for (Entry entry : used) {
			entry.jobs--;
			if (entry.jobs == 0) {
				this.entries.remove(entry.digest);
				entry.loader.end();
			}
		}
	}

	/**
	 * The number of loaders that jobs use.
	 */
	synchronized int loaders() {
		return this.entries.size();
	}

	/** Types of one loader, with the number of jobs that use them. */
	private static final class Entry {

		private final String digest;

		private final SharedTypeLoader loader;

		private final Map<String, Class<?>> types;

		private int jobs;

		private Entry(String digest, SharedTypeLoader loader, Map<String, Class<?>> types) {
			this.digest = digest;
			this.loader = loader;
			this.types = types;
		}

	}

	/**
	 * The shared types of one job. Thread-safe.
	 */
	public static final class Lease implements AutoCloseable {

		private final SharedTypes shared;

		private final List<String> names;

		private List<Entry> used;

		private volatile Map<String, Class<?>> types;

		private Lease(SharedTypes shared, List<Entry> used, Map<String, Class<?>> types) {
			this.shared = shared;
			this.names = List.copyOf(types.keySet());
			this.used = used;
			this.types = types;
		}

		/**
		 * The binary names of the types, sorted; also after the end.
		 */
		public List<String> names() {
			return this.names;
		}

		/**
		 * Finds a type.
		 * @param name its binary name
		 * @return the type; {@code null} if it is none of the shared ones, or after the
		 * end
		 */
		public @Nullable Class<?> find(String name) {
			return this.types.get(name);
		}

		/**
		 * Ends the use. Without effect after the first call.
		 */
		@Override
		public void close() {
			List<Entry> ending;
			synchronized (this) {
				ending = this.used;
				this.used = List.of();
			}
			this.types = Map.of();
			this.shared.release(ending);
		}

	}

}
