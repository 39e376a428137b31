package io.adaptive.internal.client;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.DroppedAnswer;
import org.slf4j.event.Level;

/**
 * Logs the connects and losses of reconnecting connections.
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
	 * Logs the end of a connection; one closed by this side does not count as lost. The
	 * reason may be text of the peer.
	 */
	static void ended(ConnectionInfo connection, ErrorInfo cause) {
		logger.log(level(connection, cause.code() != ErrorCode.CANCELLED),
				"lost service={} node={} scope={} reason=\"{}\"", connection.service(), connection.peer(),
				connection.scope(), KeyValueLogger.printable(cause.message()));
	}

	/**
	 * Logs the first dropped answer of its kind; the reason may be text of the peer.
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
