package io.adaptive.gshell.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows in columns, as wide as their longest value.
 */
final class Table {

	private static final String GAP = "  ";

	private final List<List<String>> rows = new ArrayList<>();

	private final int widest;

	/**
	 * Makes a table.
	 * @param widest longest value that is printed as a whole
	 * @param header names of the columns
	 */
	Table(int widest, String... header) {
		this.widest = widest;
		add(header);
	}

	void add(String... values) {
		this.rows.add(Stream.of(values).map(this::cut).toList());
	}

	private String cut(String value) {
		return (value.length() <= this.widest) ? value : value.substring(0, this.widest - 2) + "..";
	}

	/**
	 * Prints the rows, without blanks at the end of a line.
	 */
	void print(PrintStream out) {
		int columns = this.rows.get(0).size();
		int[] widths = new int[columns];
		for (List<String> row : this.rows) {
			for (int column = 0; column < columns; column++) {
				widths[column] = Math.max(widths[column], row.get(column).length());
			}
		}
		for (List<String> row : this.rows) {
			StringBuilder line = new StringBuilder();
			for (int column = 0; column < columns; column++) {
				String value = row.get(column);
				line.append(value).append(" ".repeat(widths[column] - value.length())).append(GAP);
			}
			out.println(line.toString().stripTrailing());
		}
	}

}
