package io.adaptive.builtin.tracing;

import java.util.List;

import io.adaptive.annotation.Message;
import io.adaptive.message.TraceToken;
import io.adaptive.trace.TraceRecord;

/**
 * What one collector has of a trace, or a part of that.
 *
 * @param token the trace's token
 * @param records some of its records
 * @param leftOut how many more there were than it keeps
 */
@Message("adaptive.collected-trace")
record CollectedTrace(TraceToken token, List<TraceRecord> records, long leftOut) {
}
