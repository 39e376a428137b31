package io.adaptive.gshell.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.adaptive.gshell.command.Gsh;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A schema of the command line, as far as these use JSON Schema: types, properties,
 * items, enumerations and patterns.
 */
final class JsonSchema {

	private static final JsonMapper MAPPER = new JsonMapper();

	private final JsonNode schema;

	private final List<String> problems = new ArrayList<>();

	JsonSchema(String name) {
		try (InputStream in = Objects.requireNonNull(Gsh.class.getResourceAsStream("schema/" + name + ".json"))) {
			this.schema = MAPPER.readTree(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns what is wrong with a text.
	 */
	List<String> problems(String json) {
		this.problems.clear();
		check("$", this.schema, MAPPER.readTree(json));
		return this.problems;
	}

	private void check(String path, JsonNode rule, JsonNode value) {
		if (rule.has("enum")) {
			require(rule.get("enum").valueStream().anyMatch(value::equals), path, "is none of " + rule.get("enum"));
			return;
		}
		JsonNode types = rule.get("type");
		boolean fits = types.isArray() ? types.valueStream().anyMatch((type) -> is(type.asString(), value))
				: is(types.asString(), value);
		require(fits, path, "is not " + types);
		if (fits && value.isObject()) {
			checkObject(path, rule, value);
		}
		if (fits && value.isArray()) {
			value.valueStream().forEach((item) -> check(path + "[]", rule.get("items"), item));
		}
		if (fits && rule.has("pattern")) {
			require(value.asString().matches(rule.get("pattern").asString()), path, "does not match");
		}
	}

	private void checkObject(String path, JsonNode rule, JsonNode value) {
		rule.get("required")
			.valueStream()
			.forEach((name) -> require(value.has(name.asString()), path, "has no " + name.asString()));
		value.propertyStream().forEach((entry) -> {
			JsonNode property = rule.get("properties").get(entry.getKey());
			require(property != null, path, "has " + entry.getKey());
			if (property != null) {
				check(path + "." + entry.getKey(), property, entry.getValue());
			}
		});
	}

	private static boolean is(String type, JsonNode value) {
		return switch (type) {
			case "object" -> value.isObject();
			case "array" -> value.isArray();
			case "string" -> value.isString();
			case "integer" -> value.isIntegralNumber();
			case "boolean" -> value.isBoolean();
			case "null" -> value.isNull();
			default -> false;
		};
	}

	private void require(boolean condition, String path, String problem) {
		if (!condition) {
			this.problems.add(path + " " + problem);
		}
	}

}
