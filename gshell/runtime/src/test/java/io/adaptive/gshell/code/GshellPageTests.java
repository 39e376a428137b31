package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Examples of the page are compared with the real output.
 */
class GshellPageTests {

	private static final Path PAGE = Path.of("../../docs/gshell.md");

	@TempDir
	Path folder;

	@Test
	void theChecksumOfHello() throws IOException {
		CodeBundle hello = CodeRepository.of(Path.of("../apps/grepo")).bundle("example/hello");
		assertThat(Files.readString(PAGE)).contains("\n%s  -\n".formatted(hello.checksum()));
	}

	@Test
	void theErrorOfTheCompiler() throws IOException {
		String page = Files.readString(PAGE).replace("for Java 17\n", "for Java %s\n".formatted(release()));
		CodeBundle bundle = new RepositoryFixture(this.folder)
			.with("app/Main.java", "package app;\n\nclass Main {\n\tvoid run() {\n\t\tint number = \"text\";\n\t}\n}\n")
			.bundle("app");
		try (BundleCompiler compiler = new BundleCompiler(List.of())) {
			assertThatExceptionOfType(CompilationException.class).isThrownBy(() -> compiler.compile(bundle))
				.satisfies((ex) -> assertThat(page).contains("\n%s\n".formatted(ex.getMessage())));
		}
	}

	private static int release() {
		return Runtime.version().feature();
	}

	@Test
	void theBounds() throws IOException {
		BundleLimits limits = BundleLimits.DEFAULT;
		assertThat(Files.readString(PAGE)).contains("More than %s files and folders, or %s MiB, in one app"
			.formatted(String.format(Locale.ROOT, "%,d", limits.entries()), limits.bytes() >> 20));
	}

}
