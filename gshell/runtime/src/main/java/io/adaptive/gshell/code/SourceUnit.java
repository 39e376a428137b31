package io.adaptive.gshell.code;

import org.eclipse.jdt.core.compiler.CategorizedProblem;
import org.eclipse.jdt.internal.compiler.env.ICompilationUnit;
import org.eclipse.jdt.internal.compiler.lookup.LookupEnvironment;
import org.eclipse.jdt.internal.compiler.lookup.ModuleBinding;
import org.jspecify.annotations.Nullable;

/**
 * A source file as the compiler takes it.
 *
 * @param name the name of the file in the bundle
 * @param text its content
 */
record SourceUnit(String name, String text) implements ICompilationUnit {

	private static final int MAX_WIDTH = 200;

	@Override
	public char[] getFileName() {
		return this.name.toCharArray();
	}

	@Override
	public char[] getContents() {
		return this.text.toCharArray();
	}

	@Override
	public char[] getMainTypeName() {
		return this.name.substring(this.name.lastIndexOf('/') + 1, this.name.length() - ".java".length()).toCharArray();
	}

	/**
	 * Any: as for other compilers, the folder need not be that of the package.
	 */
	@Override
	public char @Nullable [][] getPackageName() {
		return null;
	}

	@Override
	public ModuleBinding module(LookupEnvironment environment) {
		return environment.UnNamedModule;
	}

	Diagnostic diagnose(CategorizedProblem problem) {
		int line = Math.max(problem.getSourceLineNumber(), 1);
		int start = problem.getSourceStart();
		if (start < 0 || start >= this.text.length()) {
			return new Diagnostic(this.name, line, 1, problem.isError(), problem.getMessage(), "");
		}
		int lineStart = start;
		while (lineStart > 0 && !isLineEnd(lineStart - 1)) {
			lineStart--;
		}
		int lineEnd = start;
		while (lineEnd < this.text.length() && !isLineEnd(lineEnd)) {
			lineEnd++;
		}
		int column = start - lineStart;
		return new Diagnostic(this.name, line, column + 1, problem.isError(), problem.getMessage(),
				excerpt(this.text.substring(lineStart, lineEnd), column, problem.getSourceEnd() - start + 1));
	}

	private boolean isLineEnd(int index) {
		return this.text.charAt(index) == '\n' || this.text.charAt(index) == '\r';
	}

	/**
	 * Returns the line with a mark below it. Of a very long line only what is around the
	 * mark.
	 */
	private static String excerpt(String line, int column, int length) {
		int from = (line.length() > MAX_WIDTH) ? Math.max(column - MAX_WIDTH / 2, 0) : 0;
		int until = Math.min(from + MAX_WIDTH, line.length());
		int marked = Math.max(Math.min(length, until - column), 1);
		String indent = line.substring(from, column).replaceAll("[^\\t]", " ");
		return line.substring(from, until) + "\n" + indent + "^".repeat(marked);
	}

}
