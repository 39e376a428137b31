package io.adaptive.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the README are parts of tests that run. Each has before it
 * {@code <!-- file#part -->}.
 */
class ReadmeTests {

	private static final Path SOURCES = Path.of("src/test/java/io/adaptive/test");

	private static final Pattern EXAMPLE = Pattern.compile("<!-- (\\S+)#(\\S+) -->\\R```java\\R(.*?)```",
			Pattern.DOTALL);

	static Stream<Example> examples() {
		return EXAMPLE.matcher(read(Path.of("README.md"))).results().map(Example::of);
	}

	@ParameterizedTest
	@MethodSource("examples")
	void anExampleIsPartOfATest(Example example) {
		assertThat(example.code.strip()).isEqualTo(part(example));
	}

	private static String part(Example example) {
		List<String> lines = read(SOURCES.resolve(example.file)).lines().toList();
		int begin = indexOf(lines, "// tag::%s[]".formatted(example.part));
		int end = indexOf(lines, "// end::%s[]".formatted(example.part));
		return String.join("\n", lines.subList(begin + 1, end)).stripIndent().strip();
	}

	private static int indexOf(List<String> lines, String mark) {
		List<String> stripped = lines.stream().map(String::strip).toList();
		assertThat(stripped).contains(mark);
		return stripped.indexOf(mark);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	record Example(String file, String part, String code) {

		static Example of(MatchResult match) {
			return new Example(match.group(1), match.group(2), match.group(3));
		}

		@Override
		public String toString() {
			return this.file + "#" + this.part;
		}

	}

}
