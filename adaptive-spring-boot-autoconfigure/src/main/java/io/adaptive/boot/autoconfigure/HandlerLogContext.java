package io.adaptive.boot.autoconfigure;

import java.util.Map;

import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.ObservedMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Adds the service, the provider and the stream of a handler to the MDC of its log lines.
 */
final class HandlerLogContext implements MessageObserver {

	@Override
	public Handling handling(ObservedMessage message) {
		return new Handled(message);
	}

	private record Handled(ObservedMessage message) implements Handling {

		@Override
		public Runnable open() {
			Map<String, String> before = MDC.getCopyOfContextMap();
			MDC.put("adaptive.service", this.message.connection().service().toString());
			MDC.put("adaptive.provider", this.message.self().provider().value());
			MDC.put("adaptive.stream", String.valueOf(this.message.stream()));
			return () -> giveBack(before);
		}

		/**
		 * Restores the MDC, because the thread may be that of a caller in the same
		 * process and is reused.
		 */
		private static void giveBack(@Nullable Map<String, String> before) {
			if (before == null) {
				MDC.clear();
			}
			else {
				MDC.setContextMap(before);
			}
		}

		@Override
		public void ended(@Nullable Throwable error) {
			// What is logged later is not logged on a thread of the handler.
		}

	}

}
