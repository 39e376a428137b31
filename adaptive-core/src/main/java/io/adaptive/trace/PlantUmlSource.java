package io.adaptive.trace;

/**
 * A sequence diagram in the language of PlantUML. Whatever could be taken for its syntax
 * or its markup is written as a character's number.
 */
final class PlantUmlSource {

	private static final int MAX_LABEL = 200;

	private static final String PLAIN = " .,=@()[]+'?|:;{}#";

	private PlantUmlSource() {
	}

	static String of(Diagram diagram) {
		StringBuilder source = new StringBuilder("@startuml\nautonumber\n");
		diagram.participants()
			.forEach((each) -> source.append("participant \"")
				.append(label(each.name()))
				.append("\" as ")
				.append(each.alias())
				.append('\n'));
		diagram.steps().forEach((step) -> source.append(line(step)).append('\n'));
		if (diagram.leftOut() > 0 && !diagram.participants().isEmpty()) {
			source.append("note over ")
				.append(diagram.participants().get(0).alias())
				.append(" : ")
				.append(diagram.leftOut())
				.append(" more events are left out\n");
		}
		return source.append("@enduml\n").toString();
	}

	private static String line(Diagram.Step step) {
		if (step.kind() == Diagram.Kind.NOTE) {
			return "note over %s : %s".formatted(step.from(), label(step.text()));
		}
		String arrow = switch (step.kind()) {
			case CALL -> " -> ";
			case ONE_WAY -> " ->> ";
			case ANSWER -> " --> ";
			case ERROR, NOTE -> " --x ";
		};
		return step.from() + arrow + step.to() + " : " + label(step.text());
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
				label.append("&#").append(c).append(';');
			}
		});
		return label.toString();
	}

}
