package io.adaptive.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.adaptive.dispatch.WorkerKind;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what an IDE and a reader are told about the properties.
 */
class ConfigurationMetadataTests {

	private static final Path TABLE = Path.of("..", "docs", "properties.md");

	@Test
	void everyPropertyIsDescribed() throws IOException {
		assertThat(properties()).hasSizeGreaterThan(20)
			.allSatisfy((property) -> assertThat(property.path("description").asString())
				.as(property.path("name").asString())
				.isNotBlank()
				.endsWith("."));
	}

	@Test
	void everyPropertyWithoutADefaultSaysWhatHappensThen() throws IOException {
		assertThat(properties()).filteredOn((property) -> !property.has("defaultValue"))
			.allSatisfy((property) -> assertThat(property.path("description").asString())
				.as(property.path("name").asString())
				.contains("By default,"));
	}

	@Test
	void everyPropertyIsInTheTableWithItsDefault() throws IOException {
		List<String> rows = Files.readAllLines(TABLE);
		for (JsonNode property : properties()) {
			String name = property.path("name").asString();
			assertThat(rows).filteredOn((row) -> row.startsWith("| `" + name + "` |"))
				.as(name)
				.singleElement()
				.asString()
				.contains(defaultOf(property));
		}
		assertThat(rows).filteredOn((row) -> row.startsWith("| `adaptive.")).hasSameSizeAs(properties());
	}

	private static String defaultOf(JsonNode property) {
		JsonNode value = property.path("defaultValue");
		if (value.isArray()) {
			return "| `%s` |".formatted(String.join(",", value.valueStream().map(JsonNode::asString).toList()));
		}
		return value.isMissingNode() ? "| |" : "| `%s` |".formatted(value.asString());
	}

	@Test
	void hintsAreOfPropertiesThatExist() throws IOException {
		List<String> names = properties().stream().map((property) -> property.path("name").asString()).toList();
		assertThat(metadata().path("hints")).isNotEmpty()
			.allSatisfy((hint) -> assertThat(names).contains(hint.path("name").asString()));
	}

	@Test
	void hintedValuesAreAllThatCanBeSet() throws IOException {
		assertThat(hinted("adaptive.codec"))
			.containsExactlyElementsOf(lowerCase(AdaptiveProperties.Codec.values()).toList());
		assertThat(hinted("adaptive.workers.kind")).containsExactlyElementsOf(lowerCase(WorkerKind.values()).toList());
	}

	private static Stream<String> lowerCase(Enum<?>[] values) {
		return Arrays.stream(values).map((value) -> value.name().toLowerCase(Locale.ROOT));
	}

	private static List<String> hinted(String name) throws IOException {
		return metadata().path("hints")
			.valueStream()
			.filter((hint) -> hint.path("name").asString().equals(name))
			.flatMap((hint) -> hint.path("values").valueStream())
			.map((value) -> value.path("value").asString())
			.toList();
	}

	private static List<JsonNode> properties() throws IOException {
		return metadata().path("properties").valueStream().toList();
	}

	private static JsonNode metadata() throws IOException {
		try (InputStream in = AdaptiveProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonMapper.shared().readTree(in);
		}
	}

}
