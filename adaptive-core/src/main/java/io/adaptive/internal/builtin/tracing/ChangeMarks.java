package io.adaptive.internal.builtin.tracing;

import java.util.List;

import io.adaptive.annotation.Message;
import io.adaptive.trace.MarkedMessages;
import io.adaptive.trace.TraceableMessage;

/**
 * Request about the marks of a program.
 */
sealed interface ChangeMarks {

	/**
	 * Marks messages; answered by {@link MarkedMessages}.
	 *
	 * @param type the name of their type
	 * @param count the number of messages to mark
	 * @param filters the filters that they have to match
	 */
	@Message("adaptive.mark-messages")
	record Mark(String type, int count, List<String> filters) implements ChangeMarks {
	}

	/**
	 * Removes a mark, or all; answered by {@link Unmarked}.
	 *
	 * @param type the name of the type, empty for all
	 */
	@Message("adaptive.unmark-messages")
	record Unmark(String type) implements ChangeMarks {
	}

	/**
	 * Queries the marks and the types that can be marked; answered by {@link Listing}.
	 *
	 * @param pattern a pattern of the names of the types
	 */
	@Message("adaptive.list-marks")
	record Query(String pattern) implements ChangeMarks {
	}

	/**
	 * Answer to the removal of a mark.
	 *
	 * @param found whether there was a mark
	 */
	@Message("adaptive.unmarked-messages")
	record Unmarked(boolean found) {
	}

	/**
	 * Marks of a program.
	 *
	 * @param marks the marks that wait for messages
	 * @param types the matching types that can be marked
	 */
	@Message("adaptive.mark-listing")
	record Listing(List<MarkedMessages> marks, List<TraceableMessage> types) {
	}

}
