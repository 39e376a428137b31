package io.adaptive.handler;

import org.jspecify.annotations.Nullable;

/**
 * A handler of one message type that returns a reply. Called on worker threads, for
 * several messages concurrently.
 *
 * @param <M> the message type
 */
@FunctionalInterface
public interface ReplyHandler<M> {

	/**
	 * Handles a message.
	 * @param message the message
	 * @return the reply; {@code null} sends an acknowledgement
	 * @throws Exception the error that the caller receives instead of a reply
	 */
	@Nullable Object handle(M message) throws Exception;

}
