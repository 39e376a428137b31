package io.adaptive.boot.autoconfigure.observation;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.adaptive.spring.observation.ClientMessageContext;
import io.adaptive.spring.observation.ServerMessageContext;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;

/**
 * Records timers for observations of messages. Micrometer's own handler would look up the
 * timer for each message, and add a long task timer.
 */
final class MessageMeterHandler implements MeterObservationHandler<Observation.Context>, AutoCloseable {

	private final MeterRegistry registry;

	private final Map<Outcome, Timer> timers = new ConcurrentHashMap<>();

	/** The node may send messages still, whose timers nobody would remove. */
	private volatile boolean closed;

	MessageMeterHandler(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ClientMessageContext || context instanceof ServerMessageContext;
	}

	@Override
	public void onStart(Observation.Context context) {
		context.put(MessageMeterHandler.class, System.nanoTime());
	}

	@Override
	public void onStop(Observation.Context context) {
		long start = context.getRequired(MessageMeterHandler.class);
		Throwable error = context.getError();
		Outcome outcome = new Outcome(Objects.requireNonNull(context.getName()), context.getLowCardinalityKeyValues(),
				(error != null) ? error.getClass().getSimpleName() : KeyValue.NONE_VALUE);
		timer(outcome).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
	}

	private Timer timer(Outcome outcome) {
		Timer timer = this.timers.get(outcome);
		return (timer != null) ? timer : this.timers.computeIfAbsent(outcome, this::register);
	}

	private Timer register(Outcome outcome) {
		Tags tags = Tags.of("error", outcome.error);
		for (KeyValue keyValue : outcome.keyValues) {
			tags = tags.and(keyValue.getKey(), keyValue.getValue());
		}
		Timer timer = this.registry.timer(outcome.name, tags);
		if (this.closed) {
			this.registry.remove(timer);
		}
		return timer;
	}

	@Override
	public void close() {
		this.closed = true;
		this.timers.values().forEach(this.registry::remove);
	}

	private record Outcome(String name, KeyValues keyValues, String error) {
	}

}
