package io.adaptive.internal.trace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The language of Mermaid, where HTML and directives are escaped, too.
 */
public final class MermaidSource extends DiagramSource {

	/** The keyword that ends a block at any place. */
	private static final Pattern END = Pattern.compile("\\bend\\b", Pattern.CASE_INSENSITIVE);

	MermaidSource() {
		super("    ", 100, " .,_=/@()[]+-'!?*|~");
	}

	public static String of(Diagram diagram) {
		return "sequenceDiagram\n    autonumber\n" + new MermaidSource().body(diagram);
	}

	@Override
	String participant(String alias, String label) {
		return "participant %s as %s".formatted(alias, label);
	}

	@Override
	String note(String over, String label) {
		return "Note over %s: %s".formatted(over, label);
	}

	@Override
	String message(Diagram.Kind kind, String from, String to, String label) {
		String arrow = switch (kind) {
			case CALL -> "->>";
			case ONE_WAY -> "-)";
			case ANSWER -> "-->>";
			case ERROR, NOTE -> "--x";
		};
		return "%s%s%s: %s".formatted(from, arrow, to, label);
	}

	@Override
	String escaped(int character) {
		return "#" + character + ";";
	}

	@Override
	String label(String text) {
		return END.matcher(super.label(text))
			.replaceAll((end) -> Matcher.quoteReplacement(escaped(end.group().charAt(0)) + end.group().substring(1)));
	}

}
