package io.adaptive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docs/architecture.md} says of rooms and classes is there.
 */
class ArchitecturePageTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern ROOM = Pattern.compile("(?m)^\\| `([a-z]+)` \\| [^|]+ \\| ([^|]+) \\|$");

	private static final Pattern WORD = Pattern.compile("`([A-Z][a-z]\\w*)(?:\\.\\w+)?`");

	@Test
	void theTableOfRoomsIsThatOfTheArrows() throws IOException {
		Map<String, Set<String>> rooms = new TreeMap<>();
		ROOM.matcher(page()).results().forEach((room) -> rooms.put(room.group(1), used(room)));
		assertThat(rooms).isEqualTo(Rooms.USES);
	}

	private static Set<String> used(MatchResult room) {
		return Pattern.compile("`(\\w+)`")
			.matcher(room.group(2))
			.results()
			.map((used) -> used.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	@Test
	void everyClassThatIsNamedExists() throws IOException {
		Set<String> named = WORD.matcher(page())
			.results()
			.map((word) -> word.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(named).hasSizeGreaterThan(50).isSubsetOf(classes());
	}

	private static String page() throws IOException {
		return Files.readString(ROOT.resolve("docs/architecture.md"));
	}

	private static Set<String> classes() throws IOException {
		Set<String> classes = new TreeSet<>();
		for (String module : Set.of("adaptive-core", "adaptive-spring-boot-autoconfigure")) {
			try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
				files.map((file) -> file.getFileName().toString())
					.filter((name) -> name.endsWith(".java"))
					.forEach((name) -> classes.add(name.substring(0, name.length() - ".java".length())));
			}
		}
		return classes;
	}

}
