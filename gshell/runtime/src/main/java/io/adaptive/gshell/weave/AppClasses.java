package io.adaptive.gshell.weave;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The code of one run of a job, before it is woven.
 *
 * @param classes binary names and class files
 * @param resources names, as class loaders take them, and contents
 * @param unguarded binary names of classes without the stop check
 * @param jars jars of the app; a class or resource above wins over theirs
 */
public record AppClasses(Map<String, byte[]> classes, Map<String, byte[]> resources, Set<String> unguarded,
		List<Path> jars) {

	public AppClasses {
		classes = Map.copyOf(classes);
		resources = Map.copyOf(resources);
		unguarded = Set.copyOf(unguarded);
		jars = List.copyOf(jars);
	}

}
