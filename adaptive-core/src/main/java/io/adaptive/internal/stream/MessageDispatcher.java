package io.adaptive.internal.stream;

import java.util.concurrent.CompletionStage;

import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;

/**
 * What a server does with what its connections report. Called where it happens, as a rule
 * on an event loop: must not block. Each stream is opened and closed exactly once, and so
 * is each connection, whatever way they end.
 */
public interface MessageDispatcher {

	/**
	 * Takes a message, if it is known.
	 * @param message the message
	 * @return whether the service has a handler for its type
	 */
	boolean dispatch(IncomingMessage message);

	/**
	 * Decides on a new connection, before it can be used.
	 * @param connection what is known of it
	 * @return completes exceptionally with a
	 * {@link io.adaptive.message.ConnectionRefusedException} to refuse it, after which
	 * nothing more is reported of it but that it is disconnected; {@code null} to accept
	 * it at once
	 */
	default @Nullable CompletionStage<?> admit(ConnectionInfo connection) {
		return null;
	}

	/**
	 * A connection can be used.
	 * @param connection what is known of it
	 */
	void connected(ConnectionInfo connection);

	/**
	 * A connection has ended, after all its streams.
	 * @param connection what is known of it
	 * @param cause why
	 */
	void disconnected(ConnectionInfo connection, ErrorInfo cause);

	/**
	 * A stream has opened.
	 * @param stream its context
	 */
	void streamOpened(StreamContext stream);

	/**
	 * A stream has closed.
	 * @param stream its context
	 */
	void streamClosed(StreamContext stream);

}
