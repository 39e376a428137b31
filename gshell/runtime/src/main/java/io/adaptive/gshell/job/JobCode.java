package io.adaptive.gshell.job;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.adaptive.gshell.code.CompiledCode;
import org.jspecify.annotations.Nullable;

/**
 * The code of a job.
 *
 * @param classes binary names and class files, which are not changed any more
 * @param resources names, as class loaders take them, and contents
 * @param mainClass binary name of the class to start
 * @param unguarded binary names of classes without the check that ends code which ignores
 * interrupts
 * @param jars jars of artifacts that the app needs, beside the classes of the group
 */
public record JobCode(Map<String, byte[]> classes, Map<String, byte[]> resources, String mainClass,
		Set<String> unguarded, List<Path> jars) {

	public JobCode {
		classes = Map.copyOf(classes);
		resources = Map.copyOf(resources);
		unguarded = Set.copyOf(unguarded);
		jars = List.copyOf(jars);
	}

	/**
	 * Code without artifacts.
	 */
	public JobCode(Map<String, byte[]> classes, Map<String, byte[]> resources, String mainClass,
			Set<String> unguarded) {
		this(classes, resources, mainClass, unguarded, List.of());
	}

	/**
	 * The code of a compiled app.
	 */
	public static JobCode of(CompiledCode code) {
		return of(code, List.of());
	}

	/**
	 * The code of a compiled app with artifacts.
	 */
	public static JobCode of(CompiledCode code, List<Path> jars) {
		Set<String> unguarded = code.classNames()
			.stream()
			.filter((name) -> !code.isGuarded(name))
			.collect(Collectors.toUnmodifiableSet());
		return new JobCode(copy(code.classNames(), code::classFile), copy(code.resourceNames(), code::resource),
				code.mainClass(), unguarded, jars);
	}

	private static Map<String, byte[]> copy(Set<String> names, Function<String, byte @Nullable []> content) {
		Map<String, byte[]> copy = new HashMap<>();
		for (String name : names) {
			byte[] bytes = content.apply(name);
			if (bytes != null) {
				copy.put(name, bytes);
			}
		}
		return copy;
	}

}
