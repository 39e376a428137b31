package io.adaptive.stream;

import io.adaptive.message.Instance;
import io.adaptive.message.MessageHeaders;

/**
 * The description of a message for an observer.
 *
 * @param connection the connection of the message
 * @param self the observing node
 * @param stream the id of the stream on the connection
 * @param type the name of the message type on the wire
 * @param call whether the sender waits for an answer
 * @param headers the headers: all for a received message, only the tag of a traced
 * conversation for a message about to be sent
 */
public record ObservedMessage(ConnectionInfo connection, Instance self, int stream, String type, boolean call,
		MessageHeaders headers) {
}
