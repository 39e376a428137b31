package io.adaptive.message;

import io.adaptive.internal.message.Wildcard;

/**
 * The machine or container that runs a service; all programs on it share the id.
 *
 * @param value 1 to 64 visible ASCII characters; in a search {@code *} stands for any
 * characters, or none
 */
public record ProviderId(String value) {

	/** The longest id, in characters. */
	public static final int MAX_LENGTH = 64;

	/**
	 * Checks the id.
	 * @throws IllegalArgumentException if it is empty, too long, or holds other
	 * characters
	 */
	public ProviderId {
		if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch((c) -> c > ' ' && c < 0x7f)) {
			throw new IllegalArgumentException(
					"A provider id has 1 to %s visible ASCII characters, not \"%s\"".formatted(MAX_LENGTH, value));
		}
	}

	/**
	 * Checks that this is the id of one machine.
	 * @return the same id
	 * @throws IllegalArgumentException if it holds a star, which only a search may
	 */
	public ProviderId checkExact() {
		if (this.value.indexOf('*') >= 0) {
			throw new IllegalArgumentException(
					"The provider id of a machine holds no *, which in a search stands for any characters, not \"%s\""
						.formatted(this.value));
		}
		return this;
	}

	/**
	 * Tells whether a search for this id finds a machine. Takes time proportional to the
	 * lengths of both ids multiplied at most.
	 * @param provider the id of a machine
	 * @return whether it matches
	 */
	public boolean matches(ProviderId provider) {
		return Wildcard.matches(this.value, provider.value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
