package io.adaptive.internal.stream;

import java.util.concurrent.CompletionStage;

import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks of a server for its connections. Called on the thread of the event, as a
 * rule an event loop: must not block. Each stream is opened and closed exactly once, and
 * so is each connection, however they end.
 */
public interface MessageDispatcher {

	/**
	 * Dispatches a message, if the service handles its type.
	 * @param message the message
	 * @return whether the service has a handler for its type
	 */
	boolean dispatch(IncomingMessage message);

	/**
	 * Decides on a new connection, before it can be used.
	 * @param connection its description
	 * @return completes exceptionally with a
	 * {@link io.adaptive.message.ConnectionRefusedException} to refuse it, after which
	 * only its disconnection is reported; {@code null} to accept it at once
	 */
	default @Nullable CompletionStage<?> admit(ConnectionInfo connection) {
		return null;
	}

	/**
	 * Called when a connection is established.
	 * @param connection its description
	 */
	void connected(ConnectionInfo connection);

	/**
	 * Called when a connection has ended, after all its streams.
	 * @param connection its description
	 * @param cause the cause
	 */
	void disconnected(ConnectionInfo connection, ErrorInfo cause);

	/**
	 * Called when a stream has opened.
	 * @param stream its context
	 */
	void streamOpened(StreamContext stream);

	/**
	 * Called when a stream has closed.
	 * @param stream its context
	 */
	void streamClosed(StreamContext stream);

}
