package io.adaptive.boot.autoconfigure.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.NodeStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of one node in one registry, which outlive neither. Another node whose
 * meters are there already, under the same names and tags, keeps them.
 */
final class NodeMeters implements AutoCloseable {

	private final AdaptiveNode node;

	private final MeterRegistry registry;

	private final List<Meter> registered = new ArrayList<>();

	NodeMeters(AdaptiveNode node, MeterRegistry registry) {
		this.node = node;
		this.registry = registry;
	}

	NodeStatistics now() {
		return this.node.statistics();
	}

	void gauge(String name, String unit, Tags tags, String description, ToDoubleFunction<NodeStatistics> value) {
		register(name, tags,
				() -> Gauge.builder(name, this.node, (node) -> value.applyAsDouble(node.statistics()))
					.description(description)
					.baseUnit(unit)
					.tags(tags)
					.register(this.registry));
	}

	void counter(String name, String unit, Tags tags, String description, ToLongFunction<NodeStatistics> count) {
		register(name, tags,
				() -> FunctionCounter.builder(name, this.node, (node) -> count.applyAsLong(node.statistics()))
					.description(description)
					.baseUnit(unit)
					.tags(tags)
					.register(this.registry));
	}

	void timer(String name, Tags tags, String description, ToLongFunction<NodeStatistics> count,
			ToLongFunction<NodeStatistics> nanos) {
		register(name, tags,
				() -> FunctionTimer
					.builder(name, this.node, (node) -> count.applyAsLong(node.statistics()),
							(node) -> nanos.applyAsLong(node.statistics()), TimeUnit.NANOSECONDS)
					.description(description)
					.tags(tags)
					.register(this.registry));
	}

	/**
	 * Makes a timer that somebody else tells the times.
	 */
	Timer timer(String name, Tags tags, String description) {
		return register(name, tags,
				() -> Timer.builder(name).description(description).tags(tags).register(this.registry));
	}

	private <M extends Meter> M register(String name, Tags tags, Supplier<M> registration) {
		boolean taken = this.registry.find(name).tags(tags).meter() != null;
		M meter = registration.get();
		if (!taken) {
			this.registered.add(meter);
		}
		return meter;
	}

	/**
	 * Names a value of a tag.
	 */
	static String tag(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	@Override
	public void close() {
		this.registered.forEach(this.registry::remove);
	}

}
