package io.adaptive.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.adaptive.settings.WorkerKind;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what an IDE and a reader are told about the properties.
 */
class ConfigurationMetadataTests {

	private static final Path PAGE = Path.of("..", "docs", "properties.md");

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

	/**
	 * With {@code -Dadaptive.docs.write=true} the page is written anew.
	 */
	@Test
	void thePageSaysWhatTheMetadataSays() throws IOException {
		String page = new PropertiesPage(metadata()).toString();
		if (Boolean.getBoolean("adaptive.docs.write")) {
			Files.writeString(PAGE, page);
		}
		assertThat(Files.readString(PAGE)).as("docs/properties.md; -Dadaptive.docs.write=true writes it")
			.isEqualTo(page);
	}

	/**
	 * The metadata has no place for what is below a key.
	 */
	@Test
	void theGuideHasThePropertiesOfAClient() throws IOException {
		String guide = Files.readString(PAGE.resolveSibling("guide").resolve("discover.md"));
		assertThat(ClientProperties.class.getRecordComponents()).extracting(RecordComponent::getName)
			.isNotEmpty()
			.allSatisfy((name) -> assertThat(guide)
				.contains("`adaptive.clients.<id>.%s`".formatted(DataObjectPropertyName.toDashedForm(name))));
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
		return new PropertiesPage(metadata()).hinted(name);
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
