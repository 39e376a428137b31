package io.adaptive.boot.autoconfigure.actuate;

import java.util.List;
import java.util.function.Function;

/**
 * The first elements of a list, which keeps a response readable.
 * 
 * @param <T> the type of the elements
 * @param total the number of elements
 * @param leftOut the number of elements that are not shown
 * @param shown the elements shown
 */
record Excerpt<T>(int total, int leftOut, List<T> shown) {

	/** The maximum number of elements shown. Metrics count all. */
	static final int MOST = 500;

	/**
	 * Returns the first elements of a list.
	 * @param all all elements, in the order to be shown
	 * @param show describes an element; called for shown elements only
	 */
	static <S, T> Excerpt<T> of(List<S> all, Function<? super S, ? extends T> show) {
		List<T> shown = all.stream().limit(MOST).<T>map(show).toList();
		return new Excerpt<>(all.size(), all.size() - shown.size(), shown);
	}

}
