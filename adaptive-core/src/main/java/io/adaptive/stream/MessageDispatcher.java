package io.adaptive.stream;

/**
 * Takes messages to their handlers; given by the server to its connections.
 */
@FunctionalInterface
public interface MessageDispatcher {

	/**
	 * Takes a message, if it is known. Called where the message arrived, must not block.
	 * @param message the message
	 * @return whether the service has a handler for its type
	 */
	boolean dispatch(IncomingMessage message);

}
