package io.adaptive.boot.autoconfigure.actuate;

import java.util.List;
import java.util.function.Function;

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

	/**
	 * Takes the first.
	 * @param all what there is, in the order to be shown
	 * @param show describes what is shown, and only that
	 */
	static <S, T> Excerpt<T> of(List<S> all, Function<? super S, ? extends T> show) {
		List<T> shown = all.stream().limit(MOST).<T>map(show).toList();
		return new Excerpt<>(all.size(), all.size() - shown.size(), shown);
	}

}
