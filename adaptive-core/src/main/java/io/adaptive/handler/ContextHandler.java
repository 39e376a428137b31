package io.adaptive.handler;

import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;

/**
 * A handler of one message type that returns a reply and has access to the context of the
 * stream. It cannot hold a conversation.
 *
 * @param <M> the message type
 */
@FunctionalInterface
public interface ContextHandler<M> {

	/**
	 * Handles a message.
	 * @param message the message
	 * @param context the context of the stream on which the message was received
	 * @return the reply; an exception is thrown at the caller; {@code null} sends an
	 * acknowledgement
	 * @throws Exception the error that the caller receives instead of a reply
	 */
	@Nullable Object handle(M message, StreamContext context) throws Exception;

}
