package io.adaptive.boot.autoconfigure.actuate;

import java.util.List;
import java.util.stream.Stream;

/**
 * The first of what there is, so that an answer stays readable however much that is.
 *
 * @param <T> what
 * @param total how many there are
 * @param leftOut how many of them are not shown
 * @param shown those that are
 */
record Excerpt<T>(int total, int leftOut, List<T> shown) {

	/** More nobody reads; metrics count them all. */
	static final int MOST = 500;

	static <T> Excerpt<T> of(Stream<T> all) {
		List<T> list = all.toList();
		List<T> shown = list.subList(0, Math.min(list.size(), MOST));
		return new Excerpt<>(list.size(), list.size() - shown.size(), List.copyOf(shown));
	}

}
