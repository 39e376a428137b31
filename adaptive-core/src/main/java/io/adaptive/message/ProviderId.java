package io.adaptive.message;

import io.adaptive.internal.message.Wildcard;

/**
 * The id of the machine or container that runs a service. All programs on a machine share
 * it.
 *
 * @param value 1 to 64 visible ASCII characters; in a search {@code *} matches any
 * sequence of characters, including none
 */
public record ProviderId(String value) {

	/** The maximum length of an id, in characters. */
	public static final int MAX_LENGTH = 64;

	/**
	 * Checks the id.
	 * @throws IllegalArgumentException if it is empty, too long, or contains other
	 * characters
	 */
	public ProviderId {
		if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch((c) -> c > ' ' && c < 0x7f)) {
			throw new IllegalArgumentException(
					"A provider id has 1 to %s visible ASCII characters, not \"%s\"".formatted(MAX_LENGTH, value));
		}
	}

	/**
	 * Checks that this is the id of one machine and no search pattern.
	 * @return this id
	 * @throws IllegalArgumentException if it contains {@code *}
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
	 * Returns whether a machine matches this id in a search. The time is at most
	 * proportional to the product of both lengths.
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
