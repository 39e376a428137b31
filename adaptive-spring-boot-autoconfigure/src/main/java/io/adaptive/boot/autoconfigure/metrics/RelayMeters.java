package io.adaptive.boot.autoconfigure.metrics;

import java.util.function.ToLongFunction;

import io.adaptive.status.RelayingStatistics;
import io.micrometer.core.instrument.Tags;

/**
 * Meters of the reverse proxy of the node.
 */
final class RelayMeters {

	private RelayMeters() {
	}

	static void bind(NodeMeters meters) {
		gauge(meters, "adaptive.relay.ports", "ports", "Public ports in use",
				(relaying) -> relaying.relays().providers());
		gauge(meters, "adaptive.relay.connections", "connections", "Clients connected through the reverse proxy",
				(relaying) -> relaying.relays().connections());
		counter(meters, "adaptive.relay.bytes", "bytes", Tags.empty(), "Bytes forwarded", RelayingStatistics::bytes);
		counter(meters, "adaptive.relay.refusals", "requests", Tags.of("from", "node"),
				"Requests refused by the reverse proxy", (relaying) -> relaying.relays().refusedProviders());
		counter(meters, "adaptive.relay.refusals", "requests", Tags.of("from", "client"),
				"Requests refused by the reverse proxy", (relaying) -> relaying.relays().refusedConnections());
	}

	private static void gauge(NodeMeters meters, String name, String unit, String description,
			ToLongFunction<RelayingStatistics> value) {
		meters.gauge(name, unit, Tags.empty(), description, (now) -> now.relaying().map(value::applyAsLong).orElse(0L));
	}

	private static void counter(NodeMeters meters, String name, String unit, Tags tags, String description,
			ToLongFunction<RelayingStatistics> count) {
		meters.counter(name, unit, tags, description, (now) -> now.relaying().map(count::applyAsLong).orElse(0L));
	}

}
