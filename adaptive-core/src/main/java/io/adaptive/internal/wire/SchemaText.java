package io.adaptive.internal.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The text of a {@link MessageSchema}, read again. A part that is malformed is left out:
 * it may come from another program.
 */
final class SchemaText {

	private static final String ENUM = "[";

	private final Map<String, Map<String, String>> fields = new HashMap<>();

	private final Map<String, String> enums = new HashMap<>();

	SchemaText(String text) {
		int start = 0;
		while (true) {
			int open = text.indexOf('{', start);
			int close = text.indexOf('}', open);
			if (open < 0 || close < 0) {
				return;
			}
			add(text.substring(start, open), text.substring(open + 1, close));
			start = close + 1;
		}
	}

	private void add(String name, String content) {
		if (content.startsWith(ENUM)) {
			this.enums.put(name, content);
			return;
		}
		Map<String, String> types = new HashMap<>();
		for (String field : content.split(";", -1)) {
			int colon = field.indexOf(':');
			if (colon > 0) {
				types.put(field.substring(0, colon), field.substring(colon + 1));
			}
		}
		this.fields.put(name, types);
	}

	/**
	 * Returns the names of the classes that have fields.
	 */
	Iterable<String> classes() {
		return this.fields.keySet();
	}

	/**
	 * Returns the types of the fields of a class, by name.
	 * @return the types, {@code null} if the text does not tell them
	 */
	@Nullable Map<String, String> fields(String name) {
		return this.fields.get(name);
	}

	boolean isEnum(String name) {
		return this.enums.containsKey(name);
	}

	/**
	 * A type as a text says it.
	 *
	 * @param name of the class, {@code []} for an array
	 * @param arguments the type arguments, or the type of the elements of an array
	 */
	record Type(String name, List<Type> arguments) {

		static final String ARRAY = "[]";

		/** A type that is nested deeper is taken for a name. */
		private static final int MAX_DEPTH = 32;

		static Type of(String text) {
			return of(text, 0);
		}

		private static Type of(String text, int depth) {
			if (depth > MAX_DEPTH) {
				return new Type(text, List.of());
			}
			if (text.endsWith(ARRAY)) {
				return new Type(ARRAY, List.of(of(text.substring(0, text.length() - ARRAY.length()), depth + 1)));
			}
			int open = text.indexOf('<');
			if (open < 0 || !text.endsWith(">")) {
				return new Type(text, List.of());
			}
			List<Type> arguments = new ArrayList<>();
			for (String argument : split(text.substring(open + 1, text.length() - 1))) {
				arguments.add(of(argument.strip(), depth + 1));
			}
			return new Type(text.substring(0, open), arguments);
		}

		private static List<String> split(String arguments) {
			List<String> parts = new ArrayList<>();
			int depth = 0;
			int start = 0;
			for (int i = 0; i < arguments.length(); i++) {
				char character = arguments.charAt(i);
				if (character == '<') {
					depth++;
				}
				else if (character == '>') {
					depth--;
				}
				else if (character == ',' && depth == 0) {
					parts.add(arguments.substring(start, i));
					start = i + 1;
				}
			}
			parts.add(arguments.substring(start));
			return parts;
		}

		boolean isWildcard() {
			return this.name.startsWith("?");
		}

	}

}
