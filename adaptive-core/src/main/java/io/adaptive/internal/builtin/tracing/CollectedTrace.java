package io.adaptive.internal.builtin.tracing;

import java.util.List;
import java.util.Objects;

import io.adaptive.annotation.Message;
import io.adaptive.message.TraceToken;
import io.adaptive.trace.TraceRecord;

/**
 * Trace as one collector has it, or a part of it.
 *
 * @param token the trace's token
 * @param records some of its records
 * @param leftOut the number of records that the collector has left out
 */
@Message("adaptive.collected-trace")
record CollectedTrace(TraceToken token, List<TraceRecord> records, long leftOut) {

	/**
	 * Copies the records.
	 * @throws IllegalArgumentException if records belong to another trace, or their
	 * number exceeds the limit of a collector
	 */
	CollectedTrace {
		Objects.requireNonNull(token, "token");
		records = List.copyOf(records);
		if (records.size() > TraceCollector.MAX_RECORDS || leftOut < 0) {
			throw new IllegalArgumentException(
					"No collector keeps %s records of a trace and leaves out %s".formatted(records.size(), leftOut));
		}
		for (TraceRecord each : records) {
			if (!each.token().equals(token)) {
				throw new IllegalArgumentException("A record of %s is none of %s".formatted(each.token(), token));
			}
		}
	}
}
