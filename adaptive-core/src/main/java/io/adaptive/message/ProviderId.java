package io.adaptive.message;

/**
 * The machine or container that runs a service; all programs on it share the id.
 *
 * @param value 1 to 64 visible ASCII characters
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
					"A provider id has 1 to %d visible ASCII characters, not \"%s\"".formatted(MAX_LENGTH, value));
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
