package io.adaptive.gshell.code;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

/**
 * The class files and resources of an app, and the class to start. Immutable.
 */
public final class CompiledCode {

	private final String mainClass;

	private final SortedMap<String, byte[]> classes;

	private final SortedMap<String, byte[]> resources;

	private final Set<String> unguarded;

	private final List<String> warnings;

	/**
	 * Makes code of arrays, which are not to be changed any more.
	 */
	CompiledCode(String mainClass, Map<String, byte[]> classes, Map<String, byte[]> resources, Set<String> unguarded,
			List<String> warnings) {
		this.mainClass = mainClass;
		this.classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
		this.resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
		this.unguarded = Set.copyOf(unguarded);
		this.warnings = List.copyOf(warnings);
	}

	/**
	 * Returns the class with {@code public static void main(String[])}.
	 * @return its binary name; the class itself need not be public
	 */
	public String mainClass() {
		return this.mainClass;
	}

	/**
	 * Returns the names of all classes.
	 * @return binary names, sorted
	 */
	public Set<String> classNames() {
		return this.classes.keySet();
	}

	/**
	 * Returns a class file.
	 * @param name the binary name of the class
	 * @return a copy of its class file, or null if there is no such class
	 */
	public byte @Nullable [] classFile(String name) {
		byte[] content = this.classes.get(name);
		return (content != null) ? content.clone() : null;
	}

	/**
	 * Returns the names of all resources, as a class loader is asked for them.
	 * @return paths with slashes, sorted
	 */
	public Set<String> resourceNames() {
		return this.resources.keySet();
	}

	/**
	 * Returns a resource.
	 * @param name its path with slashes
	 * @return a copy of its content, or null if there is no such resource
	 */
	public byte @Nullable [] resource(String name) {
		byte[] content = this.resources.get(name);
		return (content != null) ? content.clone() : null;
	}

	/**
	 * Returns whether the stop check is to be woven into a class. It is not into those of
	 * a file with {@code //GUARD off}.
	 * @param className the binary name of the class
	 * @return whether the class is to have the check
	 */
	public boolean isGuarded(String className) {
		return !this.unguarded.contains(className);
	}

	/**
	 * Returns the warnings of the compiler.
	 * @return warnings as a compiler prints them
	 */
	public List<String> warnings() {
		return this.warnings;
	}

	/**
	 * Returns the same code with other class files, as weaving makes them.
	 * @param transformation the new class file for a binary name and a class file
	 * @return the changed code
	 */
	public CompiledCode withClasses(BiFunction<String, byte[], byte[]> transformation) {
		Map<String, byte[]> changed = new TreeMap<>();
		this.classes.forEach((name, content) -> changed.put(name, transformation.apply(name, content.clone())));
		return new CompiledCode(this.mainClass, changed, this.resources, this.unguarded, this.warnings);
	}

	Map<String, byte[]> classes() {
		return this.classes;
	}

	Map<String, byte[]> resources() {
		return this.resources;
	}

	Set<String> unguarded() {
		return this.unguarded;
	}

}
