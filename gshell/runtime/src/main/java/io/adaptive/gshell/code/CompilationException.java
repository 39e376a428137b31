package io.adaptive.gshell.code;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Source that does not compile. The message is what a compiler prints: file, line and
 * message, the line of the source, a mark below what is meant; at its end the number of
 * errors and the compiler.
 */
public class CompilationException extends CodeException {

	private static final long serialVersionUID = 1L;

	private static final int MAX_SHOWN = 100;

	private final transient List<Diagnostic> diagnostics;

	CompilationException(List<Diagnostic> diagnostics, String compiler) {
		super(describe(diagnostics, compiler));
		this.diagnostics = diagnostics;
	}

	private static String describe(List<Diagnostic> diagnostics, String compiler) {
		String shown = diagnostics.stream()
			.limit(MAX_SHOWN)
			.map(Diagnostic::toString)
			.collect(Collectors.joining("\n", "", "\n"));
		int left = diagnostics.size() - MAX_SHOWN;
		long errors = diagnostics.stream().filter(Diagnostic::error).count();
		return "%s%s%s, compiled by %s".formatted(shown, (left > 0) ? "%s more are not shown\n".formatted(left) : "",
				(errors == 1) ? "1 error" : "%s errors".formatted(errors), compiler);
	}

	/**
	 * Returns what the compiler has found.
	 * @return errors and warnings, sorted by file and place
	 */
	public List<Diagnostic> diagnostics() {
		return this.diagnostics;
	}

}
