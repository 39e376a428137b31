package io.adaptive.network.lab;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a program saw, and when: a line of its output.
 *
 * @param name what happened
 * @param nanos when, by {@link System#nanoTime()}, which is the same clock in all JVMs of
 * a machine
 * @param fields the details, without white space
 */
public record Event(String name, long nanos, Map<String, String> fields) {

	private static final String MARK = "event ";

	/**
	 * Prints an event of this moment.
	 * @param name what happened
	 * @param fields names and values in turn; white space becomes {@code _}
	 */
	public static void print(String name, Object... fields) {
		StringBuilder line = new StringBuilder(MARK + name + " nanos=" + System.nanoTime());
		for (int i = 0; i < fields.length; i += 2) {
			line.append(" %s=%s".formatted(fields[i], fields[i + 1].toString().replaceAll("\\s", "_")));
		}
		System.out.println(line);
	}

	/**
	 * Reads an event.
	 * @param line what was printed
	 * @param clock how many nanoseconds the program's clock is ahead
	 * @return the event, if it is one
	 */
	static Optional<Event> read(String line, long clock) {
		if (!line.startsWith(MARK)) {
			return Optional.empty();
		}
		String[] words = line.split(" ");
		Map<String, String> fields = new HashMap<>();
		for (int i = 2; i < words.length; i++) {
			int end = words[i].indexOf('=');
			fields.put(words[i].substring(0, end), words[i].substring(end + 1));
		}
		return Optional.of(new Event(words[1], Long.parseLong(fields.remove("nanos")) - clock, fields));
	}

	/**
	 * Tells whether this has a detail.
	 * @param field its name
	 * @param value its value
	 * @return whether it has
	 */
	public boolean has(String field, String value) {
		return value.equals(this.fields.get(field));
	}

	/**
	 * Returns a detail that is a number.
	 * @param field its name
	 * @return the number
	 */
	public long number(String field) {
		return Long.parseLong(this.fields.get(field));
	}

}
