package io.adaptive.handler;

import org.jspecify.annotations.Nullable;

/**
 * Handles the messages of one type by replying to them, on a worker thread and for many
 * messages at a time.
 *
 * @param <M> the type
 */
@FunctionalInterface
public interface ReplyHandler<M> {

	/**
	 * Handles a message.
	 * @param message the message
	 * @return the reply; a caller gets an acknowledgement for {@code null}
	 * @throws Exception what the caller gets instead of a reply
	 */
	@Nullable Object handle(M message) throws Exception;

}
