package io.adaptive.internal.trace;

/**
 * A sequence diagram in a diagram language. Characters that could be part of its syntax
 * are written as character numbers.
 */
abstract class DiagramSource {

	private final String indent;

	private final int longestLabel;

	private final String plain;

	/**
	 * Creates a writer.
	 * @param indent the beginning of each line
	 * @param longestLabel maximum number of characters of a label
	 * @param plain the characters without a meaning in the language, besides letters and
	 * digits
	 */
	DiagramSource(String indent, int longestLabel, String plain) {
		this.indent = indent;
		this.longestLabel = longestLabel;
		this.plain = plain;
	}

	abstract String participant(String alias, String label);

	abstract String note(String over, String label);

	abstract String message(Diagram.Kind kind, String from, String to, String label);

	/**
	 * Returns the escaped form of a character.
	 */
	abstract String escaped(int character);

	/**
	 * Returns the lines between the first and the last.
	 */
	final String body(Diagram diagram) {
		StringBuilder body = new StringBuilder();
		diagram.participants().forEach((each) -> add(body, participant(each.alias(), label(each.name()))));
		diagram.steps().forEach((step) -> add(body, line(step)));
		if (diagram.leftOut() > 0 && !diagram.participants().isEmpty()) {
			add(body, note(diagram.participants().get(0).alias(), diagram.leftOut() + " more events are left out"));
		}
		return body.toString();
	}

	private void add(StringBuilder body, String line) {
		body.append(this.indent).append(line).append('\n');
	}

	private String line(Diagram.Step step) {
		String label = label(step.text());
		return (step.kind() == Diagram.Kind.NOTE) ? note(step.from(), label)
				: message(step.kind(), step.from(), step.to(), label);
	}

	/**
	 * Returns a text as a label, escaped and limited in length.
	 */
	String label(String text) {
		StringBuilder label = new StringBuilder();
		Printable.limited(text, this.longestLabel).codePoints().forEach((c) -> {
			if (Character.isLetterOrDigit(c) || this.plain.indexOf(c) >= 0) {
				label.appendCodePoint(c);
			}
			else {
				label.append(escaped(c));
			}
		});
		return label.toString();
	}

}
