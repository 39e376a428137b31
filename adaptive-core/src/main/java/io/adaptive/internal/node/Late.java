package io.adaptive.internal.node;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What is made after those who need it, for parts that need each other. Safe for use by
 * many threads.
 *
 * @param <T> what it is
 */
final class Late<T> implements Supplier<T> {

	private volatile @Nullable T value;

	/**
	 * Gives it to those who need it.
	 */
	<S extends T> S set(S made) {
		this.value = made;
		return made;
	}

	/**
	 * Returns it.
	 * @throws IllegalStateException if it is not made yet
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
