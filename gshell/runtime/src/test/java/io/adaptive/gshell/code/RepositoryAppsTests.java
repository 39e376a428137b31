package io.adaptive.gshell.code;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The apps of the repository. The build compiles them by its own compiler, this by the
 * one of a node.
 */
class RepositoryAppsTests {

	private static final Path ROOT = Path.of("../apps/grepo");

	static Stream<String> apps() throws IOException {
		try (Stream<Path> files = Files.walk(ROOT)) {
			return files.filter(RepositoryAppsTests::hasMain)
				.map((file) -> ROOT.relativize(file).toString())
				.sorted()
				.toList()
				.stream();
		}
	}

	private static boolean hasMain(Path file) {
		try {
			return file.toString().endsWith(".java")
					&& Files.readString(file).contains("public static void main(String[] args)");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Some apps use the framework. */
	private static List<Path> classPath() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).toList();
	}

	@ParameterizedTest
	@MethodSource("apps")
	void eachCompilesOnANode(String file) {
		try (BundleCompiler compiler = new BundleCompiler(classPath(), (artifact) -> List.of())) {
			CompiledCode code = compiler
				.compile(CodeRepository.of(ROOT).bundle(file.substring(0, file.lastIndexOf('/'))));
			assertThat(code.mainClass())
				.isEqualTo(file.replace('/', '.').substring(0, file.length() - ".java".length()));
			assertThat(code.warnings()).isEmpty();
		}
	}

	@Test
	void helloIsOfOneFolder() {
		CodeRepository repository = CodeRepository.of(ROOT);
		assertThat(repository.list("example")).contains(new CodeEntry("hello", true));
		try (BundleCompiler compiler = new BundleCompiler(List.of())) {
			CodeBundle bundle = repository.bundle("example/hello");
			assertThat(bundle.name()).isEqualTo("hello");
			assertThat(compiler.compile(bundle).mainClass()).isEqualTo("example.hello.Hello");
		}
	}

}
