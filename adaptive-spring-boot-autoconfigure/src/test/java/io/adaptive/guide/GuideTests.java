package io.adaptive.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every example of the guide is code that is compiled and tested: it stands, but for
 * white space, in a source file of a test or of a sample.
 */
class GuideTests {

	private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern EXAMPLE = Pattern.compile("^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

	static List<Path> pages() throws IOException {
		try (Stream<Path> pages = Files.list(PROJECT.resolve("docs/guide"))) {
			return pages.filter((page) -> page.toString().endsWith(".md")).sorted().toList();
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyExampleIsCodeThatIsTested(Path page) throws IOException {
		List<String> sources = sources();
		assertThat(EXAMPLE.matcher(Files.readString(page)).results().map((match) -> match.group(1)))
			.allSatisfy((example) -> assertThat(sources).as(example)
				.anyMatch((source) -> source.contains(withoutSpace(example))));
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkLeadsToAFile(Path page) throws IOException {
		assertThat(LINK.matcher(Files.readString(page)).results().map((match) -> match.group(1)))
			.allSatisfy((link) -> assertThat(page.resolveSibling(link)).exists());
	}

	@Test
	void anExampleThatIsNowhereIsFound() throws IOException {
		String invented = "int inventedFor = " + "thisTest;";
		assertThat(sources()).noneMatch((source) -> source.contains(withoutSpace(invented)));
	}

	private static List<String> sources() throws IOException {
		try (Stream<Path> files = Files.walk(PROJECT)) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.filter((file) -> !PROJECT.relativize(file).toString().contains("target/"))
				.map(GuideTests::read)
				.toList();
		}
	}

	private static String read(Path file) {
		try {
			return withoutSpace(Files.readString(file));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String withoutSpace(String code) {
		return code.replaceAll("\\s+", "");
	}

}
