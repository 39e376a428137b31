package io.adaptive.internal.trace;

/**
 * Makes text from any source safe for terminals and diagrams.
 */
public final class Printable {

	private static final String CUT = "\u2026";

	private Printable() {
	}

	/**
	 * Writes invisible characters as their numbers, and cuts off a text that is too long.
	 */
	public static String limited(String text, int maxLength) {
		if (text.length() <= maxLength && text.chars().noneMatch(Printable::isHidden)) {
			return text;
		}
		StringBuilder visible = new StringBuilder();
		int next = 0;
		while (next < text.length() && visible.length() <= maxLength) {
			char c = text.charAt(next++);
			if (isHidden(c)) {
				visible.append("\\u%04x".formatted((int) c));
			}
			else {
				visible.append(c);
			}
		}
		return (next < text.length() || visible.length() > maxLength) ? cut(visible, maxLength) : visible.toString();
	}

	private static String cut(StringBuilder text, int maxLength) {
		int length = Math.min(text.length(), maxLength - CUT.length());
		if (length > 0 && Character.isHighSurrogate(text.charAt(length - 1))) {
			length--;
		}
		return text.substring(0, length) + CUT;
	}

	private static boolean isHidden(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.UNASSIGNED ->
				true;
			default -> false;
		};
	}

}
