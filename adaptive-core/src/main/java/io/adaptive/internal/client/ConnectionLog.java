package io.adaptive.internal.client;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.DroppedAnswer;
import org.slf4j.event.Level;

/**
 * Logs where reconnecting connections lead, and when they lead there no longer.
 */
final class ConnectionLog {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveClient.class);

	private ConnectionLog() {
	}

	static void connected(ConnectionInfo connection, boolean again) {
		logger.log(level(connection, true),
				again ? "healed service={} node={} scope={} address={}"
						: "connected service={} node={} scope={} address={}",
				connection.service(), connection.peer(), connection.scope(), connection.endpoint());
	}

	/**
	 * What this side closes is not lost. The reason may be the peer's own words.
	 */
	static void ended(ConnectionInfo connection, ErrorInfo cause) {
		logger.log(level(connection, cause.code() != ErrorCode.CANCELLED),
				"lost service={} node={} scope={} reason=\"{}\"", connection.service(), connection.peer(),
				connection.scope(), KeyValueLogger.printable(cause.message()));
	}

	/**
	 * The first of its kind; the reason may be the peer's own words.
	 */
	static void answerDropped(ConnectionInfo connection, DroppedAnswer answer) {
		boolean failed = answer.error().code() != ErrorCode.OK;
		logger.log(failed ? Level.WARN : Level.TRACE,
				"answer to one-way message dropped service={} node={} message={} code={} reason=\"{}\"",
				connection.service(), connection.peer(), KeyValueLogger.printable(answer.messageType()),
				answer.error().code(), KeyValueLogger.printable(answer.error().message()));
	}

	private static Level level(ConnectionInfo connection, boolean matters) {
		return (matters && !connection.service().isBuiltin()) ? Level.INFO : Level.DEBUG;
	}

}
