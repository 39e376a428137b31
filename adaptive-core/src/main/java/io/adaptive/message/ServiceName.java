package io.adaptive.message;

import java.nio.charset.StandardCharsets;

/**
 * The identity of a service.
 *
 * @param publisher the owner of the service, such as an organisation
 * @param name the name of the service, unique within its publisher
 */
public record ServiceName(String publisher, String name) {

	/** The maximum length of a publisher or a name, in bytes of UTF-8. */
	public static final int MAX_BYTES = 128;

	/**
	 * Checks both parts.
	 * @throws IllegalArgumentException if a part is empty, is longer than
	 * {@link #MAX_BYTES} or contains {@code _}, {@code /}, {@code *}, white space or a
	 * control character
	 */
	public ServiceName {
		check("publisher", publisher);
		check("name", name);
	}

	static void check(String part, String value) {
		if (value.isEmpty()) {
			throw new IllegalArgumentException("The %s of a service must not be empty".formatted(part));
		}
		int bytes = value.getBytes(StandardCharsets.UTF_8).length;
		if (bytes > MAX_BYTES) {
			throw new IllegalArgumentException(
					"The %s of a service may be %s bytes long in UTF-8, this one has %s: \"%s...\"".formatted(part,
							MAX_BYTES, bytes, visible(value.substring(0, 32))));
		}
		value.codePoints().filter(ServiceName::isForbidden).findFirst().ifPresent((forbidden) -> {
			throw new IllegalArgumentException("The %s \"%s\" of a service contains %s; '_', '/', '*', white space and"
				.formatted(part, visible(value), describe(forbidden)) + " control characters are not allowed");
		});
	}

	private static boolean isForbidden(int codePoint) {
		return codePoint == '_' || codePoint == '/' || codePoint == '*' || Character.isWhitespace(codePoint)
				|| Character.isSpaceChar(codePoint) || Character.isISOControl(codePoint)
				|| Character.getType(codePoint) == Character.SURROGATE
				|| Character.getType(codePoint) == Character.FORMAT;
	}

	/**
	 * Replaces unprintable characters, because the name may come from a peer and is
	 * written to logs and terminals.
	 */
	private static String visible(String value) {
		StringBuilder text = new StringBuilder();
		value.codePoints()
			.forEach((codePoint) -> text.append((isForbidden(codePoint) && "_/* ".indexOf(codePoint) < 0)
					? "\\u%04X".formatted(codePoint) : Character.toString(codePoint)));
		return text.toString();
	}

	private static String describe(int codePoint) {
		boolean printable = codePoint > ' ' && codePoint < 0x7f;
		return printable ? "'" + Character.toString(codePoint) + "'" : "U+%04X".formatted(codePoint);
	}

	/**
	 * Returns whether the service is a built-in service of the framework.
	 * @return whether its publisher is {@code builtin}
	 */
	public boolean isBuiltin() {
		return this.publisher.equals("builtin");
	}

	@Override
	public String toString() {
		return this.publisher + "/" + this.name;
	}

}
