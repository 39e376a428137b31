package io.adaptive.internal.builtin.tracing;

import java.util.List;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;
import io.adaptive.trace.TraceRecord;

/**
 * Delivers records to a collector, which confirms them.
 *
 * @param records some records
 */
@Message("adaptive.record-traces")
@Idempotent
record RecordTraces(List<TraceRecord> records) {

	/** Limit that keeps the message small. */
	static final int MAX_RECORDS = 64;

	/**
	 * Copies the records.
	 * @throws IllegalArgumentException if there are too many
	 */
	RecordTraces {
		if (records.size() > MAX_RECORDS) {
			throw new IllegalArgumentException(
					"At most %s records are handed over at once, not %s".formatted(MAX_RECORDS, records.size()));
		}
		records = List.copyOf(records);
	}

}
