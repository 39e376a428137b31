package io.adaptive.boot.autoconfigure.metrics;

import io.micrometer.core.instrument.Tags;

/**
 * What becomes of the records of traced conversations.
 */
final class TracingMeters {

	private TracingMeters() {
	}

	static void bind(NodeMeters meters) {
		meters.counter("adaptive.tracing.recorded", "records", Tags.empty(),
				"Events of traced conversations that this node recorded", (now) -> now.tracing().recorded());
		meters.counter("adaptive.tracing.dropped", "records", Tags.empty(), "Records that no collector took in time",
				(now) -> now.tracing().dropped());
		meters.gauge("adaptive.tracing.sessions", "traces", Tags.empty(), "Traces that this node's collector keeps",
				(now) -> now.tracing().sessions());
		meters.counter("adaptive.tracing.evicted", "traces", Tags.empty(),
				"Traces that its collector gave up for newer ones", (now) -> now.tracing().evicted());
	}

}
