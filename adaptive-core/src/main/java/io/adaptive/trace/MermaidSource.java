package io.adaptive.trace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sequence diagram in the language of Mermaid. Whatever could be taken for its syntax,
 * for HTML or for a directive is written as a character's number.
 */
final class MermaidSource {

	private static final int MAX_LABEL = 100;

	private static final String PLAIN = " .,_=/@()[]+-'!?*|~";

	/** Ends a block wherever it stands. */
	private static final Pattern END = Pattern.compile("\\bend\\b", Pattern.CASE_INSENSITIVE);

	private MermaidSource() {
	}

	static String of(Diagram diagram) {
		StringBuilder source = new StringBuilder("sequenceDiagram\n    autonumber\n");
		diagram.participants()
			.forEach((each) -> source.append("    participant ")
				.append(each.alias())
				.append(" as ")
				.append(label(each.name()))
				.append('\n'));
		diagram.steps().forEach((step) -> source.append("    ").append(line(step)).append('\n'));
		if (diagram.leftOut() > 0 && !diagram.participants().isEmpty()) {
			source.append("    Note over ")
				.append(diagram.participants().get(0).alias())
				.append(": ")
				.append(diagram.leftOut())
				.append(" more events are left out\n");
		}
		return source.toString();
	}

	private static String line(Diagram.Step step) {
		if (step.kind() == Diagram.Kind.NOTE) {
			return "Note over %s: %s".formatted(step.from(), label(step.text()));
		}
		String arrow = switch (step.kind()) {
			case CALL -> "->>";
			case ONE_WAY -> "-)";
			case ANSWER -> "-->>";
			case ERROR, NOTE -> "--x";
		};
		return step.from() + arrow + step.to() + ": " + label(step.text());
	}

	/**
	 * Makes a text harmless.
	 */
	static String label(String text) {
		StringBuilder label = new StringBuilder();
		Printable.limited(text, MAX_LABEL).codePoints().forEach((c) -> {
			if (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0) {
				label.appendCodePoint(c);
			}
			else {
				label.append('#').append(c).append(';');
			}
		});
		return END.matcher(label)
			.replaceAll((end) -> Matcher
				.quoteReplacement("#%d;%s".formatted((int) end.group().charAt(0), end.group().substring(1))));
	}

}
