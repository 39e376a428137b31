package io.adaptive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.adaptive.Figures.Limits;
import io.adaptive.SourceFigures.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files, methods and constructors stay small enough to be read at once.
 */
class FiguresTests {

	/** Constructors that still have more parameters. Only to be removed. */
	private static final Set<String> WIDE_CONSTRUCTORS = Set.of("ServiceDefinition", "SocketTransport",
			"IncomingMessage", "Envelope.Message", "RootLink", "Dialer", "ClientFetch", "Hello",
			"DiscoveredConnections");

	private static final Map<String, SourceFigures> FIGURES = new HashMap<>();

	private static SourceFigures figures(String module) throws IOException {
		SourceFigures known = FIGURES.get(module);
		if (known == null) {
			known = SourceFigures.of(Path.of("..", module, "src/main/java"));
			FIGURES.put(module, known);
		}
		return known;
	}

	private static Set<String> namesAbove(int limit, List<Size> sizes) {
		return Limits.above(limit, sizes).stream().map(Size::name).collect(Collectors.toSet());
	}

	@ParameterizedTest
	@ValueSource(strings = { "adaptive-annotations", "adaptive-core", "adaptive-spring-boot-autoconfigure",
			"adaptive-test" })
	void filesAreShort(String module) throws IOException {
		assertThat(namesAbove(Limits.FILE, figures(module).files())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "adaptive-annotations", "adaptive-core", "adaptive-spring-boot-autoconfigure",
			"adaptive-test" })
	void methodsAreShort(String module) throws IOException {
		assertThat(namesAbove(Limits.METHOD, figures(module).methods())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "adaptive-annotations", "adaptive-core", "adaptive-spring-boot-autoconfigure",
			"adaptive-test" })
	void constructorsHaveFewParameters(String module) throws IOException {
		assertThat(namesAbove(Limits.PARAMETERS, figures(module).constructors())).isSubsetOf(WIDE_CONSTRUCTORS);
	}

	@Test
	void sizesAreCountedAsWritten(@TempDir Path folder) throws IOException {
		Files.writeString(folder.resolve("Example.java"), """
				class Example {
					/** Not part of the method. */
					Example(int one, int two) {
					}
					record Pair(int left, int right) {
						Pair {
							left = 1;
						}
						Pair(int both) {
							this(both, both);
						}
					}
				}
				""");
		SourceFigures figures = SourceFigures.of(folder);
		assertThat(figures.files()).containsExactly(new Size("Example", 13));
		assertThat(figures.methods()).containsExactly(new Size("Example.Pair", 3), new Size("Example.Pair", 3),
				new Size("Example", 2));
		assertThat(figures.constructors()).containsExactly(new Size("Example", 2), new Size("Example.Pair", 1));
	}

}
