package io.adaptive.gshell.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import org.eclipse.jdt.core.compiler.CategorizedProblem;
import org.eclipse.jdt.internal.compiler.ClassFile;
import org.eclipse.jdt.internal.compiler.CompilationResult;
import org.eclipse.jdt.internal.compiler.Compiler;
import org.eclipse.jdt.internal.compiler.DefaultErrorHandlingPolicies;
import org.eclipse.jdt.internal.compiler.env.ICompilationUnit;
import org.eclipse.jdt.internal.compiler.impl.CompilerOptions;
import org.eclipse.jdt.internal.compiler.problem.DefaultProblemFactory;

/**
 * One run of the Eclipse compiler, on the calling thread.
 */
final class CompilationRun {

	private final TypeEnvironment types;

	private final String compilerName;

	private final Map<String, SourceUnit> units = new LinkedHashMap<>();

	private final List<CompiledClass> classes = new ArrayList<>();

	private final List<Diagnostic> diagnostics = new ArrayList<>();

	CompilationRun(TypeEnvironment types, String compilerName) {
		this.types = types;
		this.compilerName = compilerName;
	}

	/**
	 * Returns the class files, or throws what the compiler has found.
	 */
	List<CompiledClass> compile(CodeBundle bundle, Collection<String> files) {
		files.forEach((file) -> this.units.put(file, new SourceUnit(file, bundle.text(file))));
		Compiler compiler = new Compiler(this.types, DefaultErrorHandlingPolicies.proceedWithAllProblems(),
				new CompilerOptions(options()), this::accept, new DefaultProblemFactory(Locale.ROOT),
				new PrintWriter(Writer.nullWriter()), null);
		compiler.useSingleThread = true;
		try {
			compiler.compile(this.units.values().toArray(ICompilationUnit[]::new));
		}
		catch (CodeException ex) {
			throw ex;
		}
		catch (StackOverflowError ex) {
			throw new CodeException("%s is nested too deeply for %s; split its longest expression"
				.formatted(bundle.app(), this.compilerName), ex);
		}
		catch (RuntimeException ex) {
			throw new CodeException("%s cannot be compiled because of a fault in %s: %s; write the code in another way"
				.formatted(bundle.app(), this.compilerName, ex), ex);
		}
		this.diagnostics.sort(Diagnostic.BY_PLACE);
		if (this.diagnostics.stream().anyMatch(Diagnostic::error)) {
			throw new CompilationException(List.copyOf(this.diagnostics), this.compilerName);
		}
		return this.classes;
	}

	List<String> warnings() {
		return this.diagnostics.stream().map(Diagnostic::toString).toList();
	}

	private void accept(CompilationResult result) {
		String file = String.valueOf(result.getFileName());
		CategorizedProblem[] problems = result.getAllProblems();
		if (problems != null) {
			SourceUnit unit = this.units.getOrDefault(file, new SourceUnit(file, ""));
			for (CategorizedProblem problem : problems) {
				this.diagnostics.add(unit.diagnose(problem));
			}
		}
		for (ClassFile classFile : result.getClassFiles()) {
			String name = String.valueOf(classFile.fileName()).replace('/', '.');
			this.classes.add(new CompiledClass(name, file, classFile.getBytes()));
		}
	}

	/**
	 * No opinions on style: the only warning is that of what will be removed, as other
	 * compilers have it by default.
	 */
	private static Map<String, String> options() {
		Map<String, String> options = new CompilerOptions().getMap();
		options.replaceAll((option, value) -> CompilerOptions.WARNING.equals(value) ? CompilerOptions.IGNORE : value);
		String release = String.valueOf(release());
		options.put(CompilerOptions.OPTION_Compliance, release);
		options.put(CompilerOptions.OPTION_Source, release);
		options.put(CompilerOptions.OPTION_TargetPlatform, release);
		options.put(CompilerOptions.OPTION_MethodParametersAttribute, CompilerOptions.GENERATE);
		options.put(CompilerOptions.OPTION_LocalVariableAttribute, CompilerOptions.GENERATE);
		options.put(CompilerOptions.OPTION_LineNumberAttribute, CompilerOptions.GENERATE);
		options.put(CompilerOptions.OPTION_SourceFileAttribute, CompilerOptions.GENERATE);
		options.put(CompilerOptions.OPTION_Process_Annotations, CompilerOptions.DISABLED);
		options.put(CompilerOptions.OPTION_ReportForbiddenReference, CompilerOptions.ERROR);
		options.put(CompilerOptions.OPTION_ReportTerminalDeprecation, CompilerOptions.WARNING);
		return options;
	}

	private static int release() {
		return Math.min(Runtime.version().feature(), Integer.parseInt(CompilerOptions.getLatestVersion()));
	}

	static String compilerName() {
		try (InputStream stream = CompilerOptions.class
			.getResourceAsStream("/org/eclipse/jdt/internal/compiler/batch/messages.properties")) {
			Properties messages = new Properties();
			if (stream != null) {
				messages.load(stream);
			}
			String version = messages.getProperty("compiler.version", "unknown");
			return "ECJ %s for Java %s".formatted(version.substring(version.lastIndexOf(' ') + 1), release());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
