package io.adaptive.boot.autoconfigure.actuate.trace;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Parser of the filters of a mark. They are one text, because an operation of an endpoint
 * does not accept lists in a body. Filters are separated by commas; {@code \,} is a comma
 * and {@code \\} a backslash within a filter. Blanks around a filter are ignored.
 */
final class FilterList {

	private FilterList() {
	}

	static List<String> of(@Nullable String text) {
		List<String> filters = new ArrayList<>();
		StringBuilder filter = new StringBuilder();
		String all = (text != null) ? text : "";
		for (int i = 0; i < all.length(); i++) {
			char character = all.charAt(i);
			if (character == '\\' && isEscaped(all, i + 1)) {
				i++;
				filter.append(all.charAt(i));
			}
			else if (character == ',') {
				add(filters, filter);
			}
			else {
				filter.append(character);
			}
		}
		add(filters, filter);
		return List.copyOf(filters);
	}

	private static boolean isEscaped(String text, int index) {
		return index < text.length() && (text.charAt(index) == ',' || text.charAt(index) == '\\');
	}

	private static void add(List<String> filters, StringBuilder filter) {
		String stripped = filter.toString().strip();
		if (!stripped.isEmpty()) {
			filters.add(stripped);
		}
		filter.setLength(0);
	}

}
