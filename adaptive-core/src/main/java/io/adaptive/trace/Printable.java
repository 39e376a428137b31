package io.adaptive.trace;

/**
 * Text for terminals and diagrams, whoever wrote it.
 */
final class Printable {

	private Printable() {
	}

	/**
	 * Shows what is not visible by its number, and cuts off what is too long.
	 */
	static String limited(String text, int maxLength) {
		if (text.length() <= maxLength && text.chars().noneMatch(Printable::isHidden)) {
			return text;
		}
		StringBuilder visible = new StringBuilder();
		for (int i = 0; i < text.length() && visible.length() < maxLength; i++) {
			char c = text.charAt(i);
			if (isHidden(c)) {
				visible.append("\\u%04x".formatted((int) c));
			}
			else {
				visible.append(c);
			}
		}
		return (visible.length() < text.length() || visible.length() > maxLength) ? cut(visible, maxLength)
				: visible.toString();
	}

	private static String cut(StringBuilder text, int maxLength) {
		int length = Math.min(text.length(), maxLength - 1);
		if (length > 0 && Character.isHighSurrogate(text.charAt(length - 1))) {
			length--;
		}
		return text.substring(0, length) + "\u2026";
	}

	static boolean isHidden(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.UNASSIGNED ->
				true;
			default -> false;
		};
	}

}
