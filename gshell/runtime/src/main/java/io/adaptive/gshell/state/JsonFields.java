package io.adaptive.gshell.state;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.adaptive.gshell.message.group.GroupLimits;
import io.adaptive.gshell.message.group.RestartRule;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields of a state file. Times are texts of ISO 8601.
 *
 * @param node the object
 */
record JsonFields(ObjectNode node) {

	String text(String field) {
		String value = textOrNull(field);
		if (value == null) {
			throw new StateException("The state has no field %s; move its file away".formatted(field));
		}
		return value;
	}

	@Nullable String textOrNull(String field) {
		JsonNode value = this.node.path(field);
		return value.isString() ? value.stringValue() : null;
	}

	int number(String field) {
		return this.node.path(field).asInt(0);
	}

	@Nullable Integer numberOrNull(String field) {
		JsonNode value = this.node.path(field);
		return value.isNumber() ? value.asInt() : null;
	}

	boolean flag(String field) {
		return this.node.path(field).asBoolean(false);
	}

	Instant time(String field) {
		try {
			return Instant.parse(text(field));
		}
		catch (DateTimeException ex) {
			throw new StateException("The field %s of the state is no time; move its file away".formatted(field), ex);
		}
	}

	@Nullable Instant timeOrNull(String field) {
		return (textOrNull(field) != null) ? time(field) : null;
	}

	List<String> texts(String field) {
		List<String> texts = new ArrayList<>();
		this.node.path(field).forEach((element) -> texts.add(element.asString()));
		return texts;
	}

	Map<String, String> map(String field) {
		Map<String, String> map = new TreeMap<>();
		this.node.path(field).properties().forEach((each) -> map.put(each.getKey(), each.getValue().asString()));
		return map;
	}

	RestartRule restartRule(String field) {
		JsonNode rule = this.node.path(field);
		return new RestartRule(rule.path("atMost").asInt(0), Duration.ofMillis(rule.path("maxDelayMillis").asLong(0)),
				Duration.ofMillis(rule.path("resetAfterMillis").asLong(0)));
	}

	GroupLimits limits(String field) {
		JsonNode limits = this.node.path(field);
		return new GroupLimits(limits.path("maxProcessors").asInt(0), limits.path("realTimePriority").asInt(0),
				limits.path("memoryBytes").asLong(0));
	}

	void put(String field, @Nullable Object value) {
		if (value == null) {
			this.node.remove(field);
		}
		else if (value instanceof Integer number) {
			this.node.put(field, number);
		}
		else if (value instanceof Boolean flag) {
			this.node.put(field, flag);
		}
		else {
			this.node.put(field, value.toString());
		}
	}

	void put(String field, List<String> texts) {
		ArrayNode array = this.node.putArray(field);
		texts.forEach(array::add);
	}

	void put(String field, Map<String, String> map) {
		ObjectNode object = this.node.putObject(field);
		new TreeMap<>(map).forEach(object::put);
	}

	void put(String field, RestartRule rule) {
		this.node.putObject(field)
			.put("atMost", rule.atMost())
			.put("maxDelayMillis", rule.maxDelay().toMillis())
			.put("resetAfterMillis", rule.resetAfter().toMillis());
	}

	void put(String field, GroupLimits limits) {
		this.node.putObject(field)
			.put("maxProcessors", limits.maxProcessors())
			.put("realTimePriority", limits.realTimePriority())
			.put("memoryBytes", limits.memoryBytes());
	}

}
