package io.adaptive.boot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

/**
 * The page of all properties, made from their metadata.
 *
 * @param metadata what the annotation processor has written
 */
record PropertiesPage(JsonNode metadata) {

	private static final String PREAMBLE = """
			# Properties

			The configuration properties of a Spring Boot application. The descriptions are those shown by an IDE; a test
			generates this page from the configuration metadata. Spring Boot's relaxed binding applies to the names. A value out
			of range fails the start of the application, with the valid range in the message. Sizes have the units `B`, `KB` and
			`MB` (powers of 1,024), durations `ms`, `s`, `m` and `h`.
			""";

	/** The metadata ends at a map, so that its values are read where theirs come from. */
	private static final Map<String, Class<?>> MAPS = Map.of("adaptive.clients.<id>", ClientProperties.class,
			"adaptive.services.<name>", AdaptiveProperties.PublishedService.class);

	private static final Map<String, String> TYPES = Map.of("java.time.Duration", "duration",
			"org.springframework.util.unit.DataSize", "size", "java.lang.Boolean", "boolean", "java.lang.Integer",
			"number", "java.nio.file.Path", "path", "java.lang.Class<?>", "class name");

	@Override
	public String toString() {
		Map<String, StringBuilder> tables = new TreeMap<>();
		this.metadata.path("properties").valueStream().forEach((property) -> {
			String name = property.path("name").asString();
			String group = name.substring(0, name.lastIndexOf('.'));
			tables.computeIfAbsent(group, PropertiesPage::heading).append(row(name, property));
		});
		MAPS.forEach((map, type) -> tables.put(map, below(map, type)));
		return PREAMBLE + String.join("", tables.values());
	}

	private static StringBuilder below(String map, Class<?> values) {
		StringBuilder table = heading(map);
		Map<String, String> descriptions = descriptions(values);
		for (RecordComponent property : values.getRecordComponents()) {
			String name = property.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			table.append("| `%s.%s` | %s |  | %s |%n".formatted(map, name,
					type(property.getGenericType().getTypeName()), descriptions.get(property.getName())));
		}
		return table;
	}

	private static Map<String, String> descriptions(Class<?> type) {
		String source = source(type);
		int end = source.indexOf("public record " + type.getSimpleName() + "(");
		String javadoc = source.substring(source.lastIndexOf("/**", end), end);
		return Arrays.stream(javadoc.replace("*/", "").replaceAll("\\s+\\* ?", " ").split("@param "))
			.skip(1)
			.map((parameter) -> parameter.strip().split(" ", 2))
			.collect(Collectors.toMap((words) -> words[0], (words) -> words[1]));
	}

	private static String source(Class<?> type) {
		Class<?> outer = (type.getDeclaringClass() != null) ? type.getDeclaringClass() : type;
		try {
			return Files.readString(Path.of("src/main/java", outer.getName().replace('.', '/') + ".java"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static StringBuilder heading(String group) {
		return new StringBuilder("""

				## `%s`

				| property | type | default | description |
				| --- | --- | --- | --- |
				""".formatted(group));
	}

	private static String row(String name, JsonNode property) {
		return "| `%s` | %s | %s | %s |%n".formatted(name, type(property.path("type").asString()), defaultOf(property),
				property.path("description").asString());
	}

	private static String type(String type) {
		if (type.startsWith("java.util.Map<")) {
			return "map";
		}
		if (type.startsWith("java.util.")) {
			return "list of: " + type(type.substring(type.indexOf('<') + 1, type.length() - 1));
		}
		String known = TYPES.get(type);
		return (known != null) ? known : enumValues(type);
	}

	private static String enumValues(String type) {
		try {
			Object[] values = Class.forName(type).getEnumConstants();
			return (values == null) ? "text"
					: inCode(Arrays.stream(values)
						.map((value) -> ((Enum<?>) value).name().toLowerCase(Locale.ROOT).replace('_', '-'))
						.toList());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String inCode(List<String> values) {
		return values.stream().collect(Collectors.joining("`, `", "`", "`"));
	}

	private static String defaultOf(JsonNode property) {
		JsonNode value = property.path("defaultValue");
		if (value.isMissingNode()) {
			return "";
		}
		return "`%s`".formatted(value.isArray() ? String.join(",", value.valueStream().map(JsonNode::asString).toList())
				: value.asString());
	}

	/**
	 * Returns the values that an IDE offers for a property.
	 */
	List<String> hinted(String name) {
		return this.metadata.path("hints")
			.valueStream()
			.filter((hint) -> hint.path("name").asString().equals(name))
			.flatMap((hint) -> hint.path("values").valueStream())
			.map((value) -> value.path("value").asString())
			.toList();
	}

}
