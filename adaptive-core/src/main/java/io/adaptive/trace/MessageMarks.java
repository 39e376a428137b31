package io.adaptive.trace;

import java.util.List;

import io.adaptive.internal.trace.TraceMarks;

/**
 * Which messages of one program are traced. Errors are
 * {@link io.adaptive.message.AdaptiveException}s of code {@code INVALID_ARGUMENT} that
 * say what would be right.
 */
public interface MessageMarks {

	/** The most messages that one mark can be for. */
	int MAX_COUNT = TraceMarks.MAX_COUNT;

	/**
	 * Marks the next messages of a type that the program sends as a client, outside of
	 * the handling of traced messages. Takes the place of an earlier mark of the type.
	 * @param typeName the name of the type on the wire, or its class name
	 * @param count how many, 1 to {@link #MAX_COUNT}
	 * @param filters what they have to look like, each {@code field=pattern} with
	 * {@code *} for any characters; {@code a.b=pattern} looks into a field
	 * @return by which tokens to read their traces
	 * @throws io.adaptive.message.AdaptiveException if the type, the count or a filter is
	 * wrong
	 */
	MarkedMessages mark(String typeName, int count, List<String> filters);

	/**
	 * Removes the mark of a type.
	 * @param typeName the name of the type on the wire, or its class name
	 * @return whether there was one
	 */
	boolean unmark(String typeName);

	/**
	 * Removes all marks.
	 */
	void unmarkAll();

	/**
	 * Returns the marks that still wait for messages.
	 * @return the marks
	 */
	List<MarkedMessages> marks();

	/**
	 * Returns the types that can be marked by their names: those that the program handles
	 * or has sent.
	 * @param pattern what the name on the wire, or that of the class, looks like, with
	 * {@code *} for any characters
	 * @return the types by name
	 */
	List<TraceableMessage> traceable(String pattern);

}
