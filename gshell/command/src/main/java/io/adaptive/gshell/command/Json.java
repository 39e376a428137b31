package io.adaptive.gshell.command;

import java.io.PrintStream;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints answers for programs.
 */
final class Json {

	private Json() {
	}

	/**
	 * Prints one value as JSON, times and durations in ISO 8601.
	 */
	static void print(PrintStream out, Object value) {
		out.println(JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(value));
	}

}
