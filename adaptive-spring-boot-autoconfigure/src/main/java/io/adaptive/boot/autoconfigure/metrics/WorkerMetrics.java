package io.adaptive.boot.autoconfigure.metrics;

import java.util.function.ToIntFunction;

import io.adaptive.message.WorkerStatistics;
import io.adaptive.node.AdaptiveNode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * How busy the workers of a node are, and how much waits for them.
 */
final class WorkerMetrics implements MeterBinder {

	private final AdaptiveNode node;

	WorkerMetrics(AdaptiveNode node) {
		this.node = node;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bindWorkers(registry, "resident", "Workers kept when there is nothing to do", WorkerStatistics::resident);
		bindWorkers(registry, "target", "Workers the pool is heading for", WorkerStatistics::target);
		bindWorkers(registry, "total", "Workers there are, busy or idle", WorkerStatistics::total);
		bindWorkers(registry, "busy", "Workers that are handling a message", WorkerStatistics::busy);
		bindWorkers(registry, "idle", "Workers that wait for a message", WorkerStatistics::idle);
		bind(registry, "adaptive.queue.queued", "messages", "Messages that wait for a worker",
				WorkerStatistics::queued);
	}

	private void bindWorkers(MeterRegistry registry, String name, String description,
			ToIntFunction<WorkerStatistics> value) {
		bind(registry, "adaptive.workers." + name, "threads", description, value);
	}

	private void bind(MeterRegistry registry, String name, String unit, String description,
			ToIntFunction<WorkerStatistics> value) {
		Gauge.builder(name, this.node, (node) -> value.applyAsInt(node.workers()))
			.description(description)
			.baseUnit(unit)
			.register(registry);
	}

}
