package io.adaptive.internal.dispatch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceName;

/**
 * Logs the failures of handlers, whose stack traces do not travel to the caller and would
 * be lost. For each message type, one failure a minute is logged at WARN, with the number
 * of failures since the last such line; the others are logged at TRACE. Thread-safe.
 */
final class FailureLog {

	static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final KeyValueLogger logger = KeyValueLogger.of(FailureLog.class);

	private final ServiceName service;

	private final LongSupplier clock;

	/** By message type; only types that have a handler. */
	private final Map<String, Told> told = new ConcurrentHashMap<>();

	/** By message type; only types that have a handler. */
	private final Map<String, Told> undecodable = new ConcurrentHashMap<>();

	/**
	 * Creates an empty log.
	 * @param clock the time in nanoseconds, with an arbitrary origin
	 */
	FailureLog(ServiceName service, LongSupplier clock) {
		this.service = service;
		this.clock = clock;
	}

	void failed(String messageType, Throwable error) {
		Told last = tell(messageType);
		if (last.since == 0) {
			logger.warn("handler failed service={} message={} failedSince={}", this.service, messageType, last.before,
					error);
		}
		else {
			logger.trace("handler failed service={} message={}", this.service, messageType, error);
		}
	}

	/**
	 * Logs that the framework ended the publisher returned by a handler.
	 */
	void misbehaved(String messageType, String reason) {
		Told last = tell(messageType);
		if (last.since == 0) {
			logger.warn("handler's publisher ended service={} message={} failedSince={} reason=\"{}\"", this.service,
					messageType, last.before, reason);
		}
		else {
			logger.trace("handler's publisher ended service={} message={} reason=\"{}\"", this.service, messageType,
					reason);
		}
	}

	/**
	 * Logs that a message could not be decoded, without its content.
	 */
	void undecodable(String messageType, int bytes, ErrorCode code) {
		Told last = tell(this.undecodable, messageType);
		if (last.since == 0) {
			logger.warn("message not decoded service={} message={} bytes={} code={} notDecodedSince={}", this.service,
					messageType, bytes, code, last.before);
		}
		else {
			logger.trace("message not decoded service={} message={} bytes={} code={}", this.service, messageType, bytes,
					code);
		}
	}

	private Told tell(String messageType) {
		return tell(this.told, messageType);
	}

	private Told tell(Map<String, Told> told, String messageType) {
		long now = this.clock.getAsLong();
		return told.compute(messageType, (type, before) -> (before == null || before.isLongAgo(now))
				? new Told(now, 0, (before != null) ? before.since : 0) : before.again());
	}

	/**
	 * The last line at WARN.
	 *
	 * @param at its time
	 * @param since number of failures after it
	 * @param before number of failures between the line before it and this one
	 */
	private record Told(long at, long since, long before) {

		boolean isLongAgo(long now) {
			return now - this.at >= PAUSE_NANOS;
		}

		Told again() {
			return new Told(this.at, this.since + 1, this.before);
		}

	}

}
