package io.adaptive.gshell.code;

import java.util.Comparator;

/**
 * An error or a warning of the compiler.
 *
 * @param file the name of the file in the bundle
 * @param line the line, from 1
 * @param column the column of the first character that is meant, from 1
 * @param error whether it is an error, not a warning
 * @param message the compiler's words
 * @param excerpt the line of the source and a mark below it, or empty
 */
public record Diagnostic(String file, int line, int column, boolean error, String message, String excerpt) {

	static final Comparator<Diagnostic> BY_PLACE = Comparator.comparing(Diagnostic::file, CodeBundle.BY_BYTES)
		.thenComparing(Diagnostic::line)
		.thenComparing(Diagnostic::column)
		.thenComparing(Diagnostic::message);

	/**
	 * Returns the text that a compiler prints.
	 * @return file, line, severity and message, then the excerpt in lines of its own
	 */
	@Override
	public String toString() {
		return "%s:%s: %s: %s%s".formatted(this.file, this.line, this.error ? "error" : "warning", this.message,
				this.excerpt.isEmpty() ? "" : "\n" + this.excerpt);
	}

}
