package io.adaptive.gshell.code;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compiles bundles in memory, by the Eclipse compiler in this process and for the Java
 * release of this process. The module {@code jdk.compiler} is not needed. Annotation
 * processors do not run; names of parameters are kept.
 * <p>
 * Safe for use by several threads, each of which compiles by itself. The jars of the
 * class path stay open until the compiler is closed.
 */
public final class BundleCompiler implements Closeable {

	private final List<Path> paths;

	private final ClassPath classPath;

	private final TypeEnvironment types;

	private final ArtifactSource artifacts;

	private final String name = CompilationRun.compilerName();

	/**
	 * Makes a compiler that has no artifacts.
	 * @param classPath jars and folders of class files, as in a class path; what does not
	 * exist is left out
	 * @throws CodeException if an entry cannot be read
	 */
	public BundleCompiler(List<Path> classPath) {
		this(classPath, ArtifactSource.NONE);
	}

	/**
	 * Makes a compiler.
	 * @param classPath jars and folders of class files, as in a class path; what does not
	 * exist is left out
	 * @param artifacts has what {@code //DEPS} names
	 * @throws CodeException if an entry cannot be read
	 */
	public BundleCompiler(List<Path> classPath, ArtifactSource artifacts) {
		this.paths = List.copyOf(classPath);
		this.artifacts = artifacts;
		this.classPath = new ClassPath(classPath);
		this.types = new TypeEnvironment(this.classPath);
	}

	/**
	 * Compiles a bundle and finds the class to start: that of {@code //MAIN} in a file of
	 * the app itself, else the one class of such a file with
	 * {@code public static void main(String[])}.
	 * @param bundle the bundle
	 * @return its class files and resources
	 * @throws CompilationException if the source does not compile
	 * @throws CodeException if a header asks for what this process does not have, or
	 * there is no class to start, or several
	 */
	public CompiledCode compile(CodeBundle bundle) {
		Map<String, SourceHeader> headers = headers(bundle);
		headers.forEach(BundleCompiler::check);
		List<Artifact> dependencies = dependencies(headers);
		if (dependencies.isEmpty()) {
			return compile(bundle, headers, this.types);
		}
		// Of two classes of one name that of the class path wins, as it does at run time.
		List<Path> all = Stream.concat(this.paths.stream(), dependencies.stream().map(Artifact::file)).toList();
		try (ClassPath extended = new ClassPath(all)) {
			return compile(bundle, headers, new TypeEnvironment(extended));
		}
	}

	private CompiledCode compile(CodeBundle bundle, Map<String, SourceHeader> headers, TypeEnvironment types) {
		CompilationRun run = new CompilationRun(types, this.name);
		List<CompiledClass> classes = run.compile(bundle, headers.keySet());
		return new CodeAssembly(bundle, headers, classes).assemble(run.warnings());
	}

	private static Map<String, SourceHeader> headers(CodeBundle bundle) {
		Map<String, SourceHeader> headers = new TreeMap<>(CodeBundle.BY_BYTES);
		for (CodeFile file : bundle.files()) {
			if (file.isSource()) {
				headers.put(file.name(), SourceHeader.parse(file.name(), bundle.text(file.name())));
			}
		}
		return headers;
	}

	/**
	 * Returns the artifacts that the headers of a bundle name, with all that these need.
	 * Of two versions the first one is taken.
	 * @param bundle the bundle
	 * @return the artifacts, compared with their checksums; empty without {@code //DEPS}
	 * @throws CodeException if a header cannot be read, or an artifact cannot be had
	 */
	public List<Artifact> dependencies(CodeBundle bundle) {
		return dependencies(headers(bundle));
	}

	private List<Artifact> dependencies(Map<String, SourceHeader> headers) {
		Map<String, Artifact> all = new LinkedHashMap<>();
		headers.forEach((file, header) -> {
			for (String artifact : header.dependencies()) {
				try {
					this.artifacts.closure(artifact).forEach((each) -> all.putIfAbsent(each.key(), each));
				}
				catch (CodeException ex) {
					throw new CodeException("%s: //DEPS %s: %s".formatted(file, artifact, ex.getMessage()), ex);
				}
			}
		});
		return List.copyOf(all.values());
	}

	private static void check(String file, SourceHeader header) {
		if (file.endsWith("/module-info.java") || file.equals("module-info.java")) {
			throw new CodeException(
					"%s: the classes of an app are in no module of their own; remove the file".formatted(file));
		}
		int java = Runtime.version().feature();
		if (header.java() > java) {
			throw new CodeException(
					"%s: //JAVA %s+: this process runs on Java %s; run the app on a node with Java %s or newer"
						.formatted(file, header.java(), java, header.java()));
		}
	}

	/**
	 * Returns the name of the compiler, with its version and the Java release it compiles
	 * for.
	 * @return for example {@code ECJ 3.46.0 for Java 17}
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns what the class files of a bundle depend on beside the bundle: compiler,
	 * release, class path, artifacts.
	 */
	String fingerprint(CodeBundle bundle) {
		String artifacts = dependencies(bundle).stream()
			.map((artifact) -> ", %s %s".formatted(artifact.key(), artifact.sha256()))
			.collect(Collectors.joining());
		return "%s, class path %s%s".formatted(this.name, this.classPath.fingerprint(), artifacts);
	}

	@Override
	public void close() {
		this.classPath.close();
	}

}
