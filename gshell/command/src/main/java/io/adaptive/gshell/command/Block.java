package io.adaptive.gshell.command;

import java.io.PrintStream;
import java.util.List;

/**
 * Lines of a name and a value.
 */
final class Block {

	private final PrintStream out;

	Block(PrintStream out) {
		this.out = out;
	}

	void line(String name, String value) {
		this.out.println((name + ":" + " ".repeat(Math.max(1, 16 - name.length())) + value).stripTrailing());
	}

	/**
	 * A value of several lines, which are indented.
	 */
	void lines(String name, List<String> values) {
		if (!values.isEmpty()) {
			this.out.println(name + ":");
			values.forEach((value) -> value.lines().forEach((line) -> this.out.println("  " + line)));
		}
	}

}
