package io.adaptive.client;

import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.DroppedAnswer;

/**
 * A listener of a reconnecting connection. Its methods are called one at a time, on
 * workers of the node.
 */
public interface ConnectionListener {

	/**
	 * Called when the connection has connected to an instance. New calls and new streams
	 * go to this instance.
	 * @param connection the connection to the instance
	 */
	default void connected(ConnectionInfo connection) {
	}

	/**
	 * Called when the answer to a one-way message was dropped: a handler returned a value
	 * or failed, or no handler received the message. Such an answer cannot be received
	 * from this connection. Called for the first answer of each message type and error
	 * code per instance; the metrics count all answers.
	 * @param connection the connection on which the message was sent
	 * @param answer the dropped answer
	 */
	default void answerDropped(ConnectionInfo connection, DroppedAnswer answer) {
	}

	/**
	 * Called when the connection to an instance was lost, together with its open streams.
	 * The next call discovers another instance.
	 * @param connection the lost connection
	 * @param cause the reason
	 */
	default void lost(ConnectionInfo connection, ErrorInfo cause) {
	}

}
