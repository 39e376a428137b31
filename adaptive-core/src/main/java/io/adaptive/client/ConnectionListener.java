package io.adaptive.client;

import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.DroppedAnswer;

/**
 * Is told where a reconnecting connection leads. Calls come one after the other, on the
 * node's workers.
 */
public interface ConnectionListener {

	/**
	 * New calls and new streams go to this instance from now on.
	 * @param connection where it leads
	 */
	default void connected(ConnectionInfo connection) {
	}

	/**
	 * A handler of a one-way message has returned a value or failed, or none saw the
	 * message. Nothing of that can be received from this connection, so that it was
	 * dropped. Told of the first answer with the same message type and error code, for
	 * each instance that the connection leads to; metrics count all.
	 * @param connection where the message went
	 * @param answer what was dropped
	 */
	default void answerDropped(ConnectionInfo connection, DroppedAnswer answer) {
	}

	/**
	 * The connection to an instance is gone, and with it the streams that were open on
	 * it. The next call finds another.
	 * @param connection where it led
	 * @param cause why it ended
	 */
	default void lost(ConnectionInfo connection, ErrorInfo cause) {
	}

}
