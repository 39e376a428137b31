package io.adaptive.internal.trace;

/**
 * The language of PlantUML, whose markup is escaped, too.
 */
public final class PlantUmlSource extends DiagramSource {

	PlantUmlSource() {
		super("", 200, " .,=@()[]+'?|:;{}#");
	}

	public static String of(Diagram diagram) {
		return "@startuml\nautonumber\n" + new PlantUmlSource().body(diagram) + "@enduml\n";
	}

	@Override
	String participant(String alias, String label) {
		return "participant \"%s\" as %s".formatted(label, alias);
	}

	@Override
	String note(String over, String label) {
		return "note over %s : %s".formatted(over, label);
	}

	@Override
	String message(Diagram.Kind kind, String from, String to, String label) {
		String arrow = switch (kind) {
			case CALL -> "->";
			case ONE_WAY -> "->>";
			case ANSWER -> "-->";
			case ERROR, NOTE -> "--x";
		};
		return "%s %s %s : %s".formatted(from, arrow, to, label);
	}

	@Override
	String escaped(int character) {
		return "&#" + character + ";";
	}

}
