package io.adaptive.boot.autoconfigure.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import io.adaptive.node.NodeStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one node in one registry, which are removed with either. Existing meters
 * of another node with the same names and tags are kept.
 */
final class NodeMeters implements AutoCloseable {

	/**
	 * The statistics are cached for this time, because a scrape reads many values and
	 * each reading computes all of them.
	 */
	private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final Supplier<NodeStatistics> statistics;

	private final MeterRegistry registry;

	private final LongSupplier clock;

	/** The ids after meter filters were applied. */
	private final Set<Meter.Id> others;

	private final List<Meter> registered = new ArrayList<>();

	private volatile @Nullable Reading last;

	NodeMeters(Supplier<NodeStatistics> statistics, MeterRegistry registry, LongSupplier clock) {
		this.statistics = statistics;
		this.registry = registry;
		this.clock = clock;
		this.others = registry.getMeters().stream().map(Meter::getId).collect(Collectors.toUnmodifiableSet());
	}

	private NodeStatistics now() {
		long time = this.clock.getAsLong();
		Reading reading = this.last;
		if (reading == null || time - reading.time >= FRESH_NANOS) {
			reading = new Reading(this.statistics.get(), time);
			this.last = reading;
		}
		return reading.statistics;
	}

	void gauge(String name, String unit, Tags tags, String description, ToDoubleFunction<NodeStatistics> value) {
		register(() -> Gauge.builder(name, this, (meters) -> value.applyAsDouble(meters.now()))
			.description(description)
			.baseUnit(unit)
			.tags(tags)
			.register(this.registry));
	}

	void counter(String name, String unit, Tags tags, String description, ToLongFunction<NodeStatistics> count) {
		register(() -> FunctionCounter.builder(name, this, (meters) -> count.applyAsLong(meters.now()))
			.description(description)
			.baseUnit(unit)
			.tags(tags)
			.register(this.registry));
	}

	void timer(String name, Tags tags, String description, ToLongFunction<NodeStatistics> count,
			ToLongFunction<NodeStatistics> nanos) {
		register(() -> FunctionTimer
			.builder(name, this, (meters) -> count.applyAsLong(meters.now()),
					(meters) -> nanos.applyAsLong(meters.now()), TimeUnit.NANOSECONDS)
			.description(description)
			.tags(tags)
			.register(this.registry));
	}

	/**
	 * Returns a timer that is recorded elsewhere.
	 */
	Timer timer(String name, Tags tags, String description) {
		return register(() -> Timer.builder(name).description(description).tags(tags).register(this.registry));
	}

	private <M extends Meter> M register(Supplier<M> registration) {
		M meter = registration.get();
		if (!this.others.contains(meter.getId())) {
			this.registered.add(meter);
		}
		return meter;
	}

	/**
	 * Returns the tag value of a constant.
	 */
	static String tag(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	@Override
	public void close() {
		this.registered.forEach(this.registry::remove);
	}

	/**
	 * The statistics at one time.
	 */
	private record Reading(NodeStatistics statistics, long time) {
	}

}
