package io.adaptive.boot.autoconfigure.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Timers of one kind of messages, one per outcome.
 */
final class MessageTimer {

	private final ServiceName service;

	private final Scope scope;

	private final Function<Tags, Timer> timers;

	private final Timer succeeded;

	private final Map<Outcome, Timer> failed = new ConcurrentHashMap<>();

	/**
	 * Creates the timers.
	 * @param timers returns the timer of an outcome
	 */
	MessageTimer(ServiceName service, Scope scope, Function<Tags, Timer> timers) {
		this.service = service;
		this.scope = scope;
		this.timers = timers;
		this.succeeded = timers.apply(new Outcome(ErrorCode.OK, "none").tags());
	}

	boolean isOf(ServiceName service, Scope scope) {
		return this.scope == scope && this.service.equals(service);
	}

	void record(long nanos, @Nullable Throwable error) {
		Timer timer = (error == null) ? this.succeeded : failed(error);
		timer.record(nanos, TimeUnit.NANOSECONDS);
	}

	private Timer failed(Throwable error) {
		Outcome outcome = new Outcome(ErrorInfo.of(error, "").code(), error.getClass().getSimpleName());
		return this.failed.computeIfAbsent(outcome, (each) -> this.timers.apply(each.tags()));
	}

	private record Outcome(ErrorCode code, String error) {

		Tags tags() {
			return Tags.of("outcome", this.code.name(), "error", this.error);
		}

	}

}
