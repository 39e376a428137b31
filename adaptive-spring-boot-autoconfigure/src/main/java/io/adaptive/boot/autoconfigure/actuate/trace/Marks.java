package io.adaptive.boot.autoconfigure.actuate.trace;

import java.util.List;

import io.adaptive.trace.MarkedMessages;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The marks of a program that have messages remaining.
 *
 * @param marks the marks
 */
record Marks(List<MarkedMessages> marks) implements OperationResponseBody {

	/**
	 * A new mark.
	 *
	 * @param type the name of the type on the wire
	 * @param tokens the tokens of the traces
	 * @param count the number of messages
	 * @param filters the filters
	 */
	record Marked(String type, String tokens, int count, List<String> filters) implements OperationResponseBody {

		static Marked of(MarkedMessages marked) {
			return new Marked(marked.type(), marked.tokens(), marked.count(), marked.filters());
		}

	}

}
