package io.adaptive.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the cases measured, written to {@code target/network-table.md}.
 */
final class NetworkTable {

	private static final List<String> ROWS = new CopyOnWriteArrayList<>(
			List.of("| case | the client sees | goal, ms | measured, ms | calls | failed | slowest answer, ms "
					+ "| longest time without one, ms |", "| --- | --- | --- | --- | --- | --- | --- | --- |"));

	private NetworkTable() {
	}

	/**
	 * Adds a row.
	 * @param name the case
	 * @param truth what the client sees
	 * @param goalMillis how soon it should
	 * @param millis how soon it did, several in turn
	 * @param calls its calls meanwhile
	 */
	static void add(String name, String truth, long goalMillis, List<Long> millis, Calls calls) {
		String measured = String.join(", ", millis.stream().map(Object::toString).toList());
		write("| %s | %s | %s | %s | %d at %d/s | %s | %d | %d |".formatted(name, truth,
				(goalMillis > 0) ? goalMillis : "-", measured, calls.total(), calls.rate(), calls.failedByClass(),
				calls.slowestMillis(), calls.gapMillis()));
	}

	/**
	 * Adds a row about a client that did not call.
	 */
	static void add(String name, String truth, long goalMillis, List<Long> millis) {
		String measured = String.join(", ", millis.stream().map(Object::toString).toList());
		write("| %s | %s | %s | %s | - | - | - | - |".formatted(name, truth, (goalMillis > 0) ? goalMillis : "-",
				measured));
	}

	private static void write(String row) {
		System.out.println(row);
		ROWS.add(row);
		try {
			Files.write(Path.of(System.getProperty("basedir", ""), "target", "network-table.md"), ROWS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
