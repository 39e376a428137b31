package io.adaptive.stream;

import io.adaptive.message.Instance;
import io.adaptive.message.MessageHeaders;

/**
 * What an observer sees of a message.
 *
 * @param connection its connection
 * @param self the node that observes it
 * @param stream its stream, by its number on the connection
 * @param type the message type's name on the wire
 * @param call whether its sender waits for an answer
 * @param headers what travels beside it: all of it for a message that arrived, only the
 * tag of a traced conversation for one that is about to be sent
 */
public record ObservedMessage(ConnectionInfo connection, Instance self, int stream, String type, boolean call,
		MessageHeaders headers) {
}
