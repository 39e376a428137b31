package io.adaptive.handler;

import io.adaptive.stream.ContextStream;
import org.jspecify.annotations.Nullable;

/**
 * A handler of one message type with access to the stream. Called on worker threads, for
 * several messages concurrently.
 *
 * @param <M> the message type
 */
@FunctionalInterface
public interface Handler<M> {

	/**
	 * Handles a message.
	 * @param message the message
	 * @param stream the stream on which the message was received, for a conversation
	 * @return the reply; an exception is thrown at the caller; {@code null} sends nothing
	 * @throws Exception the error that the caller receives instead of a reply
	 */
	@Nullable Object handle(M message, ContextStream stream) throws Exception;

}
