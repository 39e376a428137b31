package io.adaptive.boot.autoconfigure.actuate.trace;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Filters of a mark in one text, since an operation of an endpoint takes no lists in a
 * body: separated by commas, where {@code \,} is a comma and {@code \\} a backslash
 * within a filter. Blanks around a filter do not count.
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
