package io.adaptive.gshell.code;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Puts class files, resources and the class to start together.
 */
final class CodeAssembly {

	private final CodeBundle bundle;

	private final Map<String, SourceHeader> headers;

	private final List<CompiledClass> classes;

	CodeAssembly(CodeBundle bundle, Map<String, SourceHeader> headers, List<CompiledClass> classes) {
		this.bundle = bundle;
		this.headers = headers;
		this.classes = classes;
	}

	CompiledCode assemble(List<String> warnings) {
		String mainClass = new MainClass(this.bundle, this.headers, this.classes).find();
		Map<String, byte[]> content = new TreeMap<>();
		Set<String> unguarded = new HashSet<>();
		for (CompiledClass compiled : this.classes) {
			content.put(compiled.name(), compiled.content());
			SourceHeader header = this.headers.get(compiled.file());
			if (header != null && !header.guarded()) {
				unguarded.add(compiled.name());
			}
		}
		return new CompiledCode(mainClass, content, resources(), unguarded, warnings);
	}

	private Map<String, byte[]> resources() {
		Map<String, Set<String>> packages = this.classes.stream()
			.collect(Collectors.groupingBy((compiled) -> folderOf(compiled.file()),
					Collectors.mapping(CompiledClass::packageName, Collectors.toCollection(TreeSet::new))));
		Map<String, byte[]> resources = new TreeMap<>();
		for (CodeFile file : this.bundle.files()) {
			if (!file.isSource()) {
				resourceNames(file.name(), packages)
					.forEach((name) -> resources.putIfAbsent(name, this.bundle.content(file.name())));
			}
		}
		return resources;
	}

	/**
	 * A resource is beside the classes of the nearest folder with source: where a build
	 * would put it, wherever the folder of the package is. Without such a folder its name
	 * is that in the bundle.
	 */
	private static Set<String> resourceNames(String file, Map<String, Set<String>> packages) {
		String folder = folderOf(file);
		while (!packages.containsKey(folder) && !folder.isEmpty()) {
			folder = folderOf(folder);
		}
		String rest = folder.isEmpty() ? file : file.substring(folder.length() + 1);
		return packages.getOrDefault(folder, Set.of(""))
			.stream()
			.map((name) -> name.isEmpty() ? rest : name.replace('.', '/') + "/" + rest)
			.collect(Collectors.toSet());
	}

	private static String folderOf(String file) {
		return file.substring(0, Math.max(file.lastIndexOf('/'), 0));
	}

}
