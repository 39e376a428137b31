package io.adaptive.internal.node;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Reference that is set after it was passed on, for parts that need each other. Safe for
 * use by many threads.
 *
 * @param <T> the type of the value
 */
final class Late<T> implements Supplier<T> {

	private volatile @Nullable T value;

	/**
	 * Sets the value.
	 * @return the value
	 */
	<S extends T> S set(S made) {
		this.value = made;
		return made;
	}

	/**
	 * Returns the value.
	 * @throws IllegalStateException if it is not set yet
	 */
	@Override
	public T get() {
		T made = this.value;
		if (made == null) {
			throw new IllegalStateException("The node is not made yet");
		}
		return made;
	}

}
