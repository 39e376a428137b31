package io.adaptive.internal.trace;

/**
 * A sequence diagram in some language. Whatever could be taken for its syntax is written
 * as a character's number.
 */
abstract class DiagramSource {

	private final String indent;

	private final int longestLabel;

	private final String plain;

	/**
	 * Prepares to write.
	 * @param indent what each line begins with
	 * @param longestLabel how many characters of a text are shown
	 * @param plain which characters, besides letters and digits, mean nothing there
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
	 * Returns a character so that it means nothing.
	 */
	abstract String escaped(int character);

	/**
	 * Writes all that stands between the first line and the last.
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
	 * Makes a text harmless.
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
