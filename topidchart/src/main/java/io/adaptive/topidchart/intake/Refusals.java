package io.adaptive.topidchart.intake;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

import io.adaptive.message.AdaptiveException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs samples that are refused: the first one of each kind from each sender, of the last
 * thousand, and at most 20 lines a minute. The next line after that counts those that got
 * none. For any thread.
 */
final class Refusals {

	private static final Logger logger = LoggerFactory.getLogger(Refusals.class);

	private static final int KEPT = 1000;

	private static final int LINES_PER_MINUTE = 20;

	private final Clock clock;

	private final Rate lines;

	private final Map<String, Boolean> logged = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > KEPT;
		}

	};

	private long silent;

	Refusals(Clock clock) {
		this.clock = clock;
		this.lines = new Rate(LINES_PER_MINUTE, clock.millis());
	}

	/**
	 * Logs a refusal, unless there was one of its code from the same sender, or there
	 * were too many.
	 * @param sender a session, or the peer that has none
	 */
	synchronized void log(String sender, AdaptiveException refusal) {
		if (this.logged.put(sender + " " + refusal.code(), Boolean.TRUE) != null) {
			return;
		}
		if (!this.lines.take(this.clock.millis())) {
			this.silent++;
			return;
		}
		logger.warn("A sample of {} is refused, further ones are not logged: {}{}", sender, refusal.getMessage(),
				(this.silent > 0) ? "; refused since the line before, and not logged: " + this.silent : "");
		this.silent = 0;
	}

}
