package io.adaptive.boot.autoconfigure.metrics;

import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.adaptive.status.RootRegistryStatistics;
import io.micrometer.core.instrument.Tags;

/**
 * Meters of the leases at root registries, and of the root registry of the node.
 */
final class RegistryMeters {

	private RegistryMeters() {
	}

	static void bind(NodeMeters meters) {
		meters.gauge("adaptive.registry.leases", "leases", Tags.empty(), "Root registries this node is registered with",
				(now) -> now.leases().held());
		meters.gauge("adaptive.registry.wanted", "leases", Tags.empty(),
				"Root registries this node is to be registered with", (now) -> now.leases().wanted());
		meters.counter("adaptive.registry.renewals", "renewals", Tags.empty(), "Lease renewals",
				(now) -> now.leases().renewed());
		meters.counter("adaptive.registry.losses", "leases", Tags.empty(), "Leases lost", (now) -> now.leases().lost());
	}

	static void bindRoot(NodeMeters meters) {
		gauge(meters, "nodes", "Registered nodes", (root) -> root.size().nodes());
		gauge(meters, "services", "Services of all nodes", (root) -> root.size().services());
		gauge(meters, "watchers", "Watches", (root) -> root.size().watchers());
		gauge(meters, "suspects", "Nodes lost together with most others, and kept for now",
				RootRegistryStatistics::suspects);
		counter(meters, "renewals", "renewals", "Lease renewals", RootRegistryStatistics::renewed);
		counter(meters, "losses", "nodes", "Nodes that disappeared without unregistering",
				RootRegistryStatistics::lost);
		counter(meters, "refusals", "requests", "Requests refused", RootRegistryStatistics::refused);
	}

	private static void gauge(NodeMeters meters, String name, String description,
			ToDoubleFunction<RootRegistryStatistics> value) {
		meters.gauge("adaptive.root." + name, name, Tags.empty(), description,
				(now) -> now.rootRegistry().map(value::applyAsDouble).orElse(0.0));
	}

	private static void counter(NodeMeters meters, String name, String unit, String description,
			ToLongFunction<RootRegistryStatistics> count) {
		meters.counter("adaptive.root." + name, unit, Tags.empty(), description,
				(now) -> now.rootRegistry().map(count::applyAsLong).orElse(0L));
	}

}
