package io.adaptive.internal.trace;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.adaptive.trace.TraceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a trace.
 */
final class Hops {

	private static final int MAX_DEPTH = 64;

	private final Map<Long, Hop> hops = new HashMap<>();

	Hops(Collection<TraceRecord> records) {
		records.forEach((each) -> this.hops.computeIfAbsent(each.hop(), (hop) -> new Hop()).know(each));
	}

	Hop of(TraceRecord record) {
		return Objects.requireNonNull(this.hops.get(record.hop()));
	}

	@Nullable Hop parentOf(TraceRecord record) {
		return parentOf(of(record));
	}

	private @Nullable Hop parentOf(Hop hop) {
		return (hop.parent() != 0) ? this.hops.get(hop.parent()) : null;
	}

	/**
	 * Returns the number of messages between a record and the first message.
	 */
	int depth(TraceRecord record) {
		int depth = 0;
		Hop hop = parentOf(record);
		while (hop != null && depth < MAX_DEPTH) {
			depth++;
			hop = parentOf(hop);
		}
		return depth;
	}

}
