package io.adaptive.gshell.code;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Source becomes classes that run.
 */
class BundleCompilerTests {

	@TempDir
	Path folder;

	private RepositoryFixture repository;

	@BeforeEach
	void makeRepository() throws IOException {
		this.repository = new RepositoryFixture(Files.createDirectory(this.folder.resolve("repo")));
	}

	private CompiledCode compile(String app, Path... classPath) {
		try (BundleCompiler compiler = new BundleCompiler(List.of(classPath))) {
			return compiler.compile(this.repository.bundle(app));
		}
	}

	private static Object call(CompiledCode code, String method) throws ReflectiveOperationException {
		Method target = new CompiledLoader(code).loadClass(code.mainClass()).getDeclaredMethod(method);
		target.setAccessible(true);
		return target.invoke(null);
	}

	@Test
	void whatTheLanguageHasRuns() throws Exception {
		this.repository
			.with("app/Main.java",
					"""
							package app;

							import java.util.List;
							import java.util.stream.Collectors;

							public class Main {

								sealed interface Shape permits Circle, Square { }

								record Circle(double radius) implements Shape { }

								record Square(double side) implements Shape { }

								enum Kind { ROUND, EVEN { @Override String text() { return "even"; } }; String text() { return "round"; } }

								static String text() throws Exception {
									var shapes = List.of(new Circle(1), new Square(2));
									String names = shapes.stream().map((shape) -> shape.getClass().getSimpleName() + Part.mark())
										.collect(Collectors.joining(","));
									Object first = shapes.get(0);
									String radius = (first instanceof Circle circle) ? "%s".formatted(circle.radius()) : "";
									String kinds = switch (Kind.valueOf("EVEN")) { case ROUND -> "r"; case EVEN -> Kind.EVEN.text(); };
									return names + radius + kinds + ""\"
										 text""\" + Main.class.getDeclaredMethod("named", int.class).getParameters()[0].getName();
								}

								static void named(int keptName) { }

								public static void main(String[] args) { }

							}
							""")
			.with("app/part/Part.java", "package app; class Part { static String mark() { return \"!\"; } }");
		CompiledCode code = compile("app");
		assertThat(code.mainClass()).isEqualTo("app.Main");
		assertThat(code.classNames()).contains("app.Main", "app.Main$Circle", "app.Main$Kind", "app.Main$Kind$1",
				"app.Part");
		assertThat(code.warnings()).isEmpty();
		assertThat(call(code, "text")).isEqualTo("Circle!,Square!1.0eventextkeptName");
	}

	@Test
	void classFilesAreForTheRunningRelease() throws IOException {
		this.repository.with("A.java", "class A { %s }".formatted(RepositoryFixture.MAIN));
		byte[] content = compile("A.java").classFile("A");
		assertThat(content).isNotNull();
		assertThat(content[7]).isEqualTo((byte) (44 + Runtime.version().feature()));
	}

	@Test
	void errorsLookAsACompilerPrintsThem() throws IOException {
		this.repository.with("app/Main.java", """
				package app;

				class Main {
					void run() {
						int number = "text";
						unknown();
					}
				}
				""").with("app/Another.java", "package app;\nclass Another extends Missing { }");
		assertThatExceptionOfType(CompilationException.class).isThrownBy(() -> compile("app"))
			.withMessage("""
					app/Another.java:2: error: Missing cannot be resolved to a type
					class Another extends Missing { }
					                      ^^^^^^^
					app/Main.java:5: error: Type mismatch: cannot convert from String to int
							int number = "text";
							             ^^^^^^
					app/Main.java:6: error: The method unknown() is undefined for the type Main
							unknown();
							^^^^^^^
					3 errors, compiled by %s""", CompilationRun.compilerName())
			.satisfies((ex) -> assertThat(ex.diagnostics()).hasSize(3)
				.element(1)
				.extracting(Diagnostic::line, Diagnostic::column, Diagnostic::error)
				.containsExactly(5, 16, true));
		assertThat(CompilationRun.compilerName()).matches("ECJ \\d+\\.\\d+\\.\\d+ for Java \\d+");
	}

	@Test
	void errorsAreBounded() throws IOException {
		for (int file = 0; file < 3; file++) {
			StringBuilder text = new StringBuilder("class A%s {\n".formatted(file));
			for (int line = 0; line < 50; line++) {
				text.append("\tX%s f%s;\n".formatted(line, line));
			}
			this.repository.with("app/A%s.java".formatted(file), text.append('}').toString());
		}
		assertThatExceptionOfType(CompilationException.class).isThrownBy(() -> compile("app"))
			.satisfies((ex) -> assertThat(ex.getMessage().lines().filter((line) -> line.contains(": error: ")))
				.hasSize(100)
				.last()
				.asString()
				.startsWith("app/A1.java:51: error: X49"))
			.withMessageEndingWith("50 more are not shown\n150 errors, compiled by " + CompilationRun.compilerName());
	}

	@Test
	void aLongLineIsCutAroundTheMark() throws IOException {
		this.repository.with("A.java", "class A { String a = \"%s\"; int b = nothing; }".formatted("x".repeat(5000)));
		assertThatExceptionOfType(CompilationException.class).isThrownBy(() -> compile("A.java"))
			.satisfies((ex) -> assertThat(ex.getMessage().lines().toList().get(1)).hasSizeLessThanOrEqualTo(200)
				.contains("nothing"))
			.satisfies((ex) -> assertThat(ex.getMessage().lines().toList().get(2).strip()).isEqualTo("^^^^^^^"));
	}

	@Test
	void whatIsToBeRemovedIsWarnedOf() throws IOException {
		this.repository.with("A.java", "class A { Old old; %s }\n@Deprecated(forRemoval = true) class Old { }"
			.formatted(RepositoryFixture.MAIN));
		assertThat(compile("A.java").warnings()).containsExactly("""
				A.java:1: warning: The type Old has been deprecated and marked for removal
				class A { Old old; public static void main(String[] args) { } }
				          ^^^""");
	}

	@Test
	void annotationProcessorsDoNotRun() throws IOException {
		Path services = Files.createDirectories(this.folder.resolve("classes/META-INF/services"));
		Files.writeString(services.resolve("javax.annotation.processing.Processor"), "none.Such");
		this.repository.with("A.java", "@Deprecated class A { %s }".formatted(RepositoryFixture.MAIN));
		assertThat(compile("A.java", this.folder.resolve("classes")).classNames()).containsExactly("A");
	}

	@Test
	void aNewerReleaseDependenciesAndModulesAreRefused() throws IOException {
		this.repository.with("J.java", "//JAVA 99+\nclass J { }")
			.with("D.java", "//DEPS org.example:lib:1 org.example:other:2\nclass D { }")
			.with("m/module-info.java", "module m { }")
			.with("now/N.java", "//JAVA 17+\nclass N { %s }".formatted(RepositoryFixture.MAIN));
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> compile("J.java"))
			.withMessage(
					"J.java: //JAVA 99+: this process runs on Java %s; run the app on a node with Java 99 or newer",
					Runtime.version().feature());
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> compile("D.java"))
			.withMessage(
					"D.java: //DEPS org.example:lib:1: this program has no repository of artifacts; run bin/gsh of the "
							+ "distribution, or take the sources into the code repository and name them by //SOURCES");
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> compile("m"))
			.withMessage("m/module-info.java: the classes of an app are in no module of their own; remove the file");
		assertThat(compile("now").mainClass()).isEqualTo("N");
	}

	@Test
	void anExpressionWithoutEndIsRefused() throws IOException {
		this.repository.with("A.java", "class A { boolean a = %strue; }".formatted("!".repeat(100_000)));
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> compile("A.java"))
			.withMessage("A.java is nested too deeply for %s; split its longest expression",
					CompilationRun.compilerName());
	}

	@Test
	void theCheckIsLeftOutOfTheFilesThatSaySo() throws IOException {
		this.repository
			.with("app/Main.java",
					"package app; public class Main { class In { } %s }".formatted(RepositoryFixture.MAIN))
			.with("app/Fast.java", "//GUARD off\npackage app; class Fast { class In { } } class Second { }");
		CompiledCode code = compile("app");
		assertThat(code.classNames()).filteredOn((name) -> !code.isGuarded(name))
			.containsExactly("app.Fast", "app.Fast$In", "app.Second");
		CompiledCode woven = code.withClasses((name, content) -> new byte[] { (byte) name.length() });
		assertThat(woven.classFile("app.Main")).containsExactly(8);
		assertThat(woven.isGuarded("app.Fast")).isFalse();
		assertThat(code.classFile("app.Main")).hasSizeGreaterThan(100);
		assertThat(code.classFile("none")).isNull();
	}

	@Test
	void resourcesAreBesideTheirClasses() throws Exception {
		this.repository.with("tool/Main.java", """
				package org.example.tool;
				public class Main {
					static String text() throws Exception {
						try (var near = Main.class.getResourceAsStream("names.txt");
								var below = Main.class.getResourceAsStream("page/a.html")) {
							return new String(near.readAllBytes()) + new String(below.readAllBytes());
						}
					}
					public static void main(String[] args) { }
				}
				""").with("tool/names.txt", "Ada").with("tool/page/a.html", "<a>");
		CompiledCode code = compile("tool");
		assertThat(code.resourceNames()).containsExactly("org/example/tool/names.txt", "org/example/tool/page/a.html");
		assertThat(call(code, "text")).isEqualTo("Ada<a>");
		assertThat(code.resource("org/example/tool/names.txt")).asString().isEqualTo("Ada");
		assertThat(code.resource("names.txt")).isNull();
	}

	@Test
	void aResourceWithoutSourceAroundItKeepsItsName() throws IOException {
		this.repository.with("a/A.java", "//SOURCES /data/x.txt\nclass A { %s }".formatted(RepositoryFixture.MAIN))
			.with("data/x.txt", "x")
			.with("top.txt", "t");
		assertThat(compile("a/A.java").resourceNames()).containsExactly("data/x.txt");
	}

	@Test
	void severalThreadsCompileAtOnce() throws Exception {
		int threads = 4;
		for (int index = 0; index < threads; index++) {
			this.repository.with("app%s/Main.java".formatted(index),
					"package same; public class Main { static String text() { return \"%s\" + %s; } %s }"
						.formatted("x".repeat(index), (index == 2) ? "missing" : index, RepositoryFixture.MAIN));
		}
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try (BundleCompiler compiler = new BundleCompiler(List.of())) {
			CyclicBarrier barrier = new CyclicBarrier(threads);
			List<Callable<String>> tasks = new ArrayList<>();
			for (int index = 0; index < threads; index++) {
				CodeBundle bundle = this.repository.bundle("app" + index);
				tasks.add(() -> {
					barrier.await();
					try {
						return (String) call(compiler.compile(bundle), "text");
					}
					catch (CompilationException ex) {
						return ex.diagnostics().get(0).file();
					}
				});
			}
			List<String> results = new ArrayList<>();
			for (Future<String> result : executor.invokeAll(tasks)) {
				results.add(result.get());
			}
			assertThat(results).containsExactly("0", "x1", "app2/Main.java", "xxx3");
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void nothingIsPrinted() throws IOException {
		this.repository.with("A.java", "class A { int a = missing; }");
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		PrintStream out = System.out;
		PrintStream err = System.err;
		PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
		System.setOut(both);
		System.setErr(both);
		try {
			assertThatExceptionOfType(CompilationException.class).isThrownBy(() -> compile("A.java"));
		}
		finally {
			System.setOut(out);
			System.setErr(err);
		}
		assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
	}

}
