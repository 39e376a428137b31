package io.adaptive.internal.trace;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Finds similar names, as hints in error messages.
 */
final class Nearest {

	private static final int MAX_LENGTH = 128;

	private static final int MAX_SHOWN = 3;

	private Nearest() {
	}

	/**
	 * Returns the names that differ least from a given one, as text.
	 * @return such as {@code ; close to it: a, b}, empty if none is close
	 */
	static String hint(String written, Collection<String> names) {
		String wanted = folded(written);
		int allowed = Math.max(2, wanted.length() / 3);
		List<Candidate> close = names.stream()
			.map((name) -> new Candidate(name, distance(wanted, name)))
			.filter((each) -> each.distance <= allowed)
			.sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
			.limit(MAX_SHOWN)
			.toList();
		return close.isEmpty() ? ""
				: close.stream().map(Candidate::name).collect(Collectors.joining(", ", "; close to it: ", ""));
	}

	/**
	 * Returns the distance of two names; the last part of a class name counts on its own,
	 * too, since users often write only that.
	 */
	private static int distance(String wanted, String name) {
		String folded = folded(name);
		String simple = folded.substring(Math.max(folded.lastIndexOf('.'), folded.lastIndexOf('$')) + 1);
		return Math.min(editDistance(wanted, folded), editDistance(wanted, simple));
	}

	private static String folded(String text) {
		return text.substring(0, Math.min(text.length(), MAX_LENGTH)).toLowerCase(Locale.ROOT);
	}

	private static int editDistance(String one, String other) {
		int[] above = new int[other.length() + 1];
		for (int j = 0; j < above.length; j++) {
			above[j] = j;
		}
		for (int i = 1; i <= one.length(); i++) {
			int[] row = new int[above.length];
			row[0] = i;
			for (int j = 1; j < row.length; j++) {
				int replaced = above[j - 1] + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1);
				row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
			}
			above = row;
		}
		return above[other.length()];
	}

	private record Candidate(String name, int distance) {
	}

}
