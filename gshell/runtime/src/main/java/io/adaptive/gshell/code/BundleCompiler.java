package io.adaptive.gshell.code;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compiles bundles in memory, by the Eclipse compiler in this process and for the Java
 * release of this process. The module {@code jdk.compiler} is not needed. Annotation
 * processors do not run; names of parameters are kept.
 * <p>
 * Safe for use by several threads, each of which compiles by itself. The jars of the
 * class path stay open until the compiler is closed.
 */
public final class BundleCompiler implements Closeable {

	private final ClassPath classPath;

	private final TypeEnvironment types;

	private final String name = CompilationRun.compilerName();

	/**
	 * Makes a compiler.
	 * @param classPath jars and folders of class files, as in a class path; what does not
	 * exist is left out
	 * @throws CodeException if an entry cannot be read
	 */
	public BundleCompiler(List<Path> classPath) {
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
		Map<String, SourceHeader> headers = new TreeMap<>(CodeBundle.BY_BYTES);
		for (CodeFile file : bundle.files()) {
			if (file.isSource()) {
				SourceHeader header = SourceHeader.parse(file.name(), bundle.text(file.name()));
				check(file.name(), header);
				headers.put(file.name(), header);
			}
		}
		CompilationRun run = new CompilationRun(this.types, this.name);
		List<CompiledClass> classes = run.compile(bundle, headers.keySet());
		return new CodeAssembly(bundle, headers, classes).assemble(run.warnings());
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
		if (!header.dependencies().isEmpty()) {
			throw new CodeException(
					"%s: //DEPS %s: dependencies need a source of artifacts, and this version has none; take the sources into the repository and name them by //SOURCES"
						.formatted(file, String.join(" ", header.dependencies())));
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
	 * Returns what the class files depend on beside the bundle: compiler, release, class
	 * path.
	 */
	String fingerprint() {
		return "%s, class path %s".formatted(this.name, this.classPath.fingerprint());
	}

	@Override
	public void close() {
		this.classPath.close();
	}

}
