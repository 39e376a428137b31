package io.adaptive.trace;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * A mark: the next messages of a type sent by a client that are to be traced.
 *
 * @param type the name of the type on the wire
 * @param tokens the tokens of their traces, in the form {@code uuid.0} or
 * {@code uuid.0..9}
 * @param count the number of messages
 * @param filters the filters that a message has to match, each {@code field=pattern}
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
