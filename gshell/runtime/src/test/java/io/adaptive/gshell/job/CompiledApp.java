package io.adaptive.gshell.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

import org.eclipse.jdt.core.compiler.batch.BatchCompiler;

/**
 * Compiles the source of one file with the class {@code Main}. The class path of the test
 * is visible to it.
 */
final class CompiledApp {

	/** Compilers differ in the exception tables that they write. */
	enum Compiler {

		JAVAC, ECJ

	}

	private CompiledApp() {
	}

	static JobCode of(String source) {
		return of(source, Compiler.JAVAC, true);
	}

	static JobCode of(String source, Compiler compiler, boolean stopCheck) {
		try {
			Path folder = Files.createTempDirectory("app");
			try {
				compile(source, compiler, folder);
				return new JobCode(classes(folder), Map.of("text.txt", "a text".getBytes(StandardCharsets.UTF_8)),
						"Main", stopCheck ? Set.of() : Set.of("Main"));
			}
			finally {
				delete(folder);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void compile(String source, Compiler compiler, Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("Main.java"), source);
		StringWriter messages = new StringWriter();
		PrintWriter writer = new PrintWriter(messages);
		String release = Integer.toString(Runtime.version().feature());
		String[] arguments = { "-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none",
				"-nowarn", "-source", release, "-target", release, file.toString() };
		boolean compiled = (compiler == Compiler.ECJ) ? BatchCompiler.compile(arguments, writer, writer, null)
				: ToolProvider.findFirst("javac").orElseThrow().run(writer, writer, arguments) == 0;
		if (!compiled) {
			throw new IllegalArgumentException(messages.toString());
		}
	}

	private static Map<String, byte[]> classes(Path folder) throws IOException {
		Map<String, byte[]> classes = new HashMap<>();
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.filter((file) -> file.toString().endsWith(".class")).toList()) {
				String name = folder.relativize(file).toString().replace('/', '.');
				classes.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
			}
		}
		return classes;
	}

	private static void delete(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder).sorted((a, b) -> b.compareTo(a))) {
			for (Path file : files.toList()) {
				Files.delete(file);
			}
		}
	}

}
