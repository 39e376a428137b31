package io.adaptive.trace;

import java.util.List;

import io.adaptive.internal.trace.TraceMarks;

/**
 * The marks of one program, which select the messages to trace. Invalid arguments are
 * reported by an {@link io.adaptive.message.AdaptiveException} with code
 * {@code INVALID_ARGUMENT} whose message describes the valid form.
 */
public interface MessageMarks {

	/** The maximum number of messages of one mark. */
	int MAX_COUNT = TraceMarks.MAX_COUNT;

	/**
	 * Marks the next messages of a type that the program sends as a client. Messages sent
	 * while handling a traced message are not counted. Replaces an earlier mark of the
	 * type.
	 * @param typeName the name of the type on the wire, or its class name
	 * @param count the number of messages, 1 to {@link #MAX_COUNT}
	 * @param filters the filters that a message has to match, each {@code field=pattern}
	 * in which {@code *} matches any characters; {@code a.b=pattern} matches a nested
	 * field
	 * @return the mark, with the tokens of the traces
	 * @throws io.adaptive.message.AdaptiveException if the type, the count or a filter is
	 * invalid
	 */
	MarkedMessages mark(String typeName, int count, List<String> filters);

	/**
	 * Removes the mark of a type.
	 * @param typeName the name of the type on the wire, or its class name
	 * @return {@code true} if the type was marked
	 */
	boolean unmark(String typeName);

	/**
	 * Removes all marks.
	 */
	void unmarkAll();

	/**
	 * Returns the marks that have messages remaining.
	 * @return the marks
	 */
	List<MarkedMessages> marks();

	/**
	 * Returns the types that can be marked by name: those that the program handles or has
	 * sent.
	 * @param pattern the pattern of the name on the wire or the class name, in which
	 * {@code *} matches any characters
	 * @return the types, sorted by name
	 */
	List<TraceableMessage> traceable(String pattern);

}
