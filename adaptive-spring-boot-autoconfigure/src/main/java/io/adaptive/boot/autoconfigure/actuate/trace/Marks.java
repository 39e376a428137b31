package io.adaptive.boot.autoconfigure.actuate.trace;

import java.util.List;

import io.adaptive.trace.MarkedMessages;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The marks of a program that still wait for messages.
 *
 * @param marks the marks
 */
record Marks(List<MarkedMessages> marks) implements OperationResponseBody {

	/**
	 * A new mark.
	 *
	 * @param type the name of the type on the wire
	 * @param tokens by which to read the traces
	 * @param count how many messages
	 * @param filters what they have to look like
	 */
	record Marked(String type, String tokens, int count, List<String> filters) implements OperationResponseBody {

		static Marked of(MarkedMessages marked) {
			return new Marked(marked.type(), marked.tokens(), marked.count(), marked.filters());
		}

	}

}
