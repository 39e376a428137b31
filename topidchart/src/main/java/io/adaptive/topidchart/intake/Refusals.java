package io.adaptive.topidchart.intake;

import java.util.LinkedHashMap;
import java.util.Map;

import io.adaptive.message.AdaptiveException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs samples that are refused: the first one of each kind from each sender, of the last
 * thousand. For any thread.
 */
final class Refusals {

	private static final Logger logger = LoggerFactory.getLogger(Refusals.class);

	private static final int KEPT = 1000;

	private final Map<String, Boolean> logged = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > KEPT;
		}

	};

	/**
	 * Logs a refusal, unless there was one of its code from the same sender.
	 * @param sender a session, or the peer that has none
	 */
	void log(String sender, AdaptiveException refusal) {
		if (isFirst(sender + " " + refusal.code())) {
			logger.warn("A sample of {} is refused, further ones are not logged: {}", sender, refusal.getMessage());
		}
	}

	private synchronized boolean isFirst(String kind) {
		return this.logged.put(kind, Boolean.TRUE) == null;
	}

}
