package io.adaptive.boot.autoconfigure;

import java.util.Map;

import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.ObservedMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Lets what a handler logs say for which service, on which machine and on which stream it
 * works, through the context of logging.
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
		 * The thread may be that of a caller in the same process, and next works for
		 * another.
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
