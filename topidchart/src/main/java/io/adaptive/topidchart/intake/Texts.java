package io.adaptive.topidchart.intake;

import org.jspecify.annotations.Nullable;

/**
 * Texts of a collector.
 */
final class Texts {

	private static final char REPLACEMENT = '\ufffd';

	private Texts() {
	}

	/**
	 * Returns a text that a database and a page can have: without the character zero and
	 * halves of surrogate pairs, and not too long.
	 * @param text the text, {@code null} for none
	 * @param length how long it may be
	 */
	static String clipped(@Nullable String text, int length) {
		if (text == null) {
			return "";
		}
		StringBuilder clean = new StringBuilder(Math.min(text.length(), length));
		int i = 0;
		while (i < text.length()) {
			int point = text.codePointAt(i);
			i += Character.charCount(point);
			if (clean.length() + Character.charCount(point) > length) {
				break;
			}
			boolean lone = Character.charCount(point) == 1 && Character.isSurrogate((char) point);
			clean.appendCodePoint((point == 0 || lone) ? REPLACEMENT : point);
		}
		return clean.toString();
	}

}
