package io.adaptive.client;

import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ConnectionInfo;

/**
 * Is told where a healing connection leads. Calls come one after the other, on the node's
 * workers.
 */
public interface ConnectionListener {

	/**
	 * New calls and new streams go to this instance from now on.
	 * @param connection where it leads
	 */
	default void connected(ConnectionInfo connection) {
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
