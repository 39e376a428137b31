package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which class is started.
 */
class MainClassTests {

	private static final String MAIN = RepositoryFixture.MAIN;

	private static BundleCompiler compiler;

	@TempDir
	Path folder;

	private RepositoryFixture repository;

	@BeforeAll
	static void open() {
		compiler = new BundleCompiler(List.of());
	}

	@AfterAll
	static void close() {
		compiler.close();
	}

	@BeforeEach
	void makeRepository() {
		this.repository = new RepositoryFixture(this.folder);
	}

	private String mainOf(String app) {
		return compiler.compile(this.repository.bundle(app)).mainClass();
	}

	private void isRefused(String app, String problem) {
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> mainOf(app)).withMessage(problem);
	}

	@ParameterizedTest
	@ValueSource(strings = { "class App { MAIN }", "public class App { MAIN void main() { } }",
			"interface App { MAIN }", "enum App { A; MAIN }", "record App(int a) { MAIN }",
			"class App { public static void main(String... args) throws Exception { } } class Other { }" })
	void theOneClassWithAMainIsFound(String source) throws IOException {
		this.repository.with("App.java", "package p;\n" + source.replace("MAIN", MAIN));
		assertThat(mainOf("App.java")).isEqualTo("p.App");
	}

	@Test
	void aNestedClassIsOneAsWell() throws IOException {
		this.repository.with("App.java", "class App { static class Start { %s } }".formatted(MAIN));
		assertThat(mainOf("App.java")).isEqualTo("App$Start");
	}

	@ParameterizedTest
	@ValueSource(strings = { "void main() { }", "static void main(String[] args) { }", "public static void main() { }",
			"public void main(String[] args) { }", "public static int main(String[] args) { return 0; }" })
	void anotherFormIsNone(String method) throws IOException {
		this.repository.with("App.java", "class App { %s }".formatted(method));
		isRefused("App.java",
				"App.java has no class with public static void main(String[]) (the main of App has another "
						+ "form); add one");
	}

	@Test
	void noMainIsRefused() throws IOException {
		this.repository.with("app/App.java", "class App { }");
		isRefused("app", "app has no class with public static void main(String[]); add one");
	}

	@Test
	void twoMainsAreNamed() throws IOException {
		this.repository.with("app/B.java", "package app; class B { %s }".formatted(MAIN))
			.with("app/A.java", "package app; class A { %s }".formatted(MAIN));
		isRefused("app", "app has 2 classes with public static void main(String[]): app.A, app.B; name one by //MAIN");
		this.repository.with("app/A.java", "//MAIN app.B\npackage app; class A { %s }".formatted(MAIN));
		assertThat(mainOf("app")).isEqualTo("app.B");
	}

	@Test
	void theMainOfAnotherAppDoesNotCount() throws IOException {
		this.repository.with("lib/Lib.java", "//MAIN lib.Lib\npackage lib; public class Lib { %s }".formatted(MAIN))
			.with("app/App.java",
					"//SOURCES ../lib/Lib.java\npackage app; class App { lib.Lib lib; %s }".formatted(MAIN));
		assertThat(mainOf("app")).isEqualTo("app.App");
	}

	@Test
	void mainMayBeInheritedOrAddedByName() throws IOException {
		this.repository.with("lib/Lib.java", "package lib; public class Lib { %s }".formatted(MAIN))
			.with("app/App.java",
					"//SOURCES ../lib/Lib.java\n//MAIN app.App\npackage app; class App extends lib.Lib { }")
			.with("app2/App.java", "//SOURCES ../lib/Lib.java\n//MAIN lib.Lib\npackage app; class App { }");
		assertThat(mainOf("app")).isEqualTo("app.App");
		assertThat(mainOf("app2")).isEqualTo("lib.Lib");
	}

	@Test
	void whatIsNamedIsChecked() throws IOException {
		this.repository.with("a/A.java", "\n//MAIN A\npackage app; class A { %s }".formatted(MAIN))
			.with("b/B.java", "//MAIN app.B\npackage app; class B { }")
			.with("c/C.java", "//MAIN app.C\npackage app; class C { %s }".formatted(MAIN))
			.with("c/D.java", "//MAIN app.D\npackage app; class D { %s }".formatted(MAIN));
		isRefused("a", "a/A.java:2: //MAIN A: there is no such class in the app; name one with its package");
		isRefused("b", "b/B.java:1: //MAIN app.B: the class has no public static void main(String[]); add it, or name "
				+ "another class");
		isRefused("c", "c/D.java:1: //MAIN app.D: another file names app.C; keep one of them");
	}

}
