package io.adaptive.boot.autoconfigure.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

import io.adaptive.message.Priority;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.status.QueueListener;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.noop.NoopTimer;

/**
 * Meters of the worker pool and its queue.
 */
final class WorkerMeters {

	private WorkerMeters() {
	}

	static void bind(NodeMeters meters) {
		gauge(meters, "resident", "Workers that stay idle when no message waits", WorkerStatistics::resident);
		gauge(meters, "target", "Target number of idle workers", WorkerStatistics::target);
		gauge(meters, "maximum", "Maximum number of workers", WorkerStatistics::maximum);
		gauge(meters, "total", "Workers there are, busy or idle", WorkerStatistics::total);
		gauge(meters, "busy", "Workers that are handling a message", WorkerStatistics::busy);
		gauge(meters, "idle", "Workers that wait for a message", WorkerStatistics::idle);
		meters.counter("adaptive.workers.scaled", "threads", Tags.of("direction", "up"),
				"Workers that were added or have ended", (now) -> now.workers().scaledUp());
		meters.counter("adaptive.workers.scaled", "threads", Tags.of("direction", "down"),
				"Workers that were added or have ended", (now) -> now.workers().scaledDown());
		for (Priority priority : Priority.values()) {
			meters.gauge("adaptive.queue.queued", "messages", tags(priority), "Messages that wait for a worker",
					(now) -> now.queue().waiting().getOrDefault(priority, 0));
		}
		meters.gauge("adaptive.queue.size", "messages", Tags.empty(),
				"Messages that may wait before the pool counts as full", (now) -> now.queue().size());
		meters.counter("adaptive.queue.shed", "messages", Tags.empty(), "Messages refused because the queue was full",
				(now) -> now.queue().shed());
	}

	private static void gauge(NodeMeters meters, String name, String description,
			ToIntFunction<WorkerStatistics> value) {
		meters.gauge("adaptive.workers." + name, "threads", Tags.empty(), description,
				(now) -> value.applyAsInt(now.workers()));
	}

	/**
	 * Returns a listener that records the time that tasks wait for a worker, or none if
	 * the registry denies the timer.
	 */
	static QueueListener waits(NodeMeters meters) {
		Map<Priority, Timer> timers = new EnumMap<>(Priority.class);
		for (Priority priority : Priority.values()) {
			timers.put(priority, meters.timer("adaptive.queue.wait", tags(priority),
					"Time that messages and other tasks wait for a worker"));
		}
		if (timers.values().stream().allMatch(NoopTimer.class::isInstance)) {
			return QueueListener.NOBODY;
		}
		return (priority, nanos) -> Objects.requireNonNull(timers.get(priority)).record(nanos, TimeUnit.NANOSECONDS);
	}

	private static Tags tags(Priority priority) {
		return Tags.of("priority", NodeMeters.tag(priority));
	}

}
