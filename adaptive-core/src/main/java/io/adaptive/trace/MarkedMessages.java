package io.adaptive.trace;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Which messages are marked: the next ones of a type that a client sends.
 *
 * @param type the name of the type on the wire
 * @param tokens by which to read their traces: {@code uuid.0}, or {@code uuid.0..9}
 * @param count how many
 * @param filters what they have to look like, each {@code field=pattern}
 */
@Message("adaptive.marked-messages")
public record MarkedMessages(String type, String tokens, int count, List<String> filters) {

	/**
	 * Copies the filters.
	 */
	public MarkedMessages {
		filters = List.copyOf(filters);
	}

}
