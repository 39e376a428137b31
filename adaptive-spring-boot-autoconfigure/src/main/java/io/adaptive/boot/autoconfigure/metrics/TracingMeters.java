package io.adaptive.boot.autoconfigure.metrics;

import io.micrometer.core.instrument.Tags;

/**
 * Meters of message tracing.
 */
final class TracingMeters {

	private TracingMeters() {
	}

	static void bind(NodeMeters meters) {
		meters.counter("adaptive.tracing.recorded", "records", Tags.empty(),
				"Events of traced conversations that this node recorded", (now) -> now.tracing().recorded());
		meters.counter("adaptive.tracing.dropped", "records", Tags.empty(),
				"Trace records dropped because no collector accepted them in time", (now) -> now.tracing().dropped());
		meters.gauge("adaptive.tracing.sessions", "traces", Tags.empty(), "Traces in the collector of this node",
				(now) -> now.tracing().sessions());
		meters.counter("adaptive.tracing.evicted", "traces", Tags.empty(),
				"Traces evicted from the collector in favour of newer ones", (now) -> now.tracing().evicted());
	}

}
