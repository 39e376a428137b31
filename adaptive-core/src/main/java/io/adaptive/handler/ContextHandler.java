package io.adaptive.handler;

import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;

/**
 * Handles the messages of one type by replying, and sees what is known of their stream.
 * It opens no conversation.
 *
 * @param <M> the type
 */
@FunctionalInterface
public interface ContextHandler<M> {

	/**
	 * Handles a message.
	 * @param message the message
	 * @param context what the service remembers about the stream on which it came
	 * @return the reply; an exception is raised at the caller; {@code null} acknowledges
	 * @throws Exception what the caller gets instead of a reply
	 */
	@Nullable Object handle(M message, StreamContext context) throws Exception;

}
