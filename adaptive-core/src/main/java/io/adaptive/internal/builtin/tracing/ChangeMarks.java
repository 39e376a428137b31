package io.adaptive.internal.builtin.tracing;

import java.util.List;

import io.adaptive.annotation.Message;
import io.adaptive.trace.MarkedMessages;
import io.adaptive.trace.TraceableMessage;

/**
 * What is asked of a program about its marks.
 */
sealed interface ChangeMarks {

	/**
	 * Marks messages; answered by {@link MarkedMessages}.
	 *
	 * @param type the name of their type
	 * @param count how many
	 * @param filters what they have to look like
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
	 * Asks what is marked, and what can be; answered by {@link Listing}.
	 *
	 * @param pattern what the types are named like
	 */
	@Message("adaptive.list-marks")
	record Query(String pattern) implements ChangeMarks {
	}

	/**
	 * Says whether a mark was there.
	 *
	 * @param found whether it was
	 */
	@Message("adaptive.unmarked-messages")
	record Unmarked(boolean found) {
	}

	/**
	 * The marks of a program.
	 *
	 * @param marks those that wait for messages
	 * @param types what can be marked, as far as it was asked for
	 */
	@Message("adaptive.mark-listing")
	record Listing(List<MarkedMessages> marks, List<TraceableMessage> types) {
	}

}
