package io.adaptive.gshell.command;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.adaptive.gshell.code.ArtifactSelection;
import io.adaptive.gshell.code.ArtifactSource;
import io.adaptive.gshell.code.BundleCompiler;
import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.code.CompiledCode;
import io.adaptive.gshell.code.CompiledCodeCache;

/**
 * A compiled app that runs in this process.
 *
 * @param main its {@code main} method
 * @param loader loader of its classes
 * @param arguments arguments of {@code main}
 * @param notes lines for the user
 */
record Program(Method main, ClassLoader loader, List<String> arguments, List<String> notes) {

	private static final long CACHE_BYTES = 256 << 20;

	/**
	 * Compiles an app, or takes its code from the cache.
	 * @param artifacts has what the app names by {@code //DEPS}; the classes of this
	 * process win
	 * @throws io.adaptive.gshell.code.CodeException if it does not compile
	 */
	static Program compile(CodeBundle bundle, ArtifactSource artifacts, Path cache, List<String> arguments) {
		try (BundleCompiler compiler = new BundleCompiler(classPath(), artifacts)) {
			CompiledCode code = new CompiledCodeCache(cache, CACHE_BYTES).get(bundle, compiler, "none",
					(compiled) -> compiled);
			ArtifactSelection selection = ArtifactSelection.of(compiler.dependencies(bundle),
					Program.class.getClassLoader());
			ProgramLoader loader = new ProgramLoader(code, selection.added());
			Method main = loader.loadClass(code.mainClass()).getDeclaredMethod("main", String[].class);
			main.setAccessible(true);
			return new Program(main, loader, arguments, selection.notes());
		}
		catch (ReflectiveOperationException ex) {
			throw new CommandException(ExitStatus.FAILED,
					"The class to start cannot be loaded: %s; compile it with javac to see more".formatted(ex));
		}
	}

	private static List<Path> classPath() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.isEmpty())
			.map(Path::of)
			.toList();
	}

	/**
	 * Calls {@code main} on this thread.
	 * @throws Throwable what it throws
	 */
	void run() throws Throwable {
		Thread.currentThread().setContextClassLoader(this.loader);
		try {
			this.main.invoke(null, (Object) this.arguments.toArray(String[]::new));
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
