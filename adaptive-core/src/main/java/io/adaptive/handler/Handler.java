package io.adaptive.handler;

import io.adaptive.stream.ContextStream;
import org.jspecify.annotations.Nullable;

/**
 * Handles the messages of one type, on a worker thread and for many messages at a time.
 *
 * @param <M> the type
 */
@FunctionalInterface
public interface Handler<M> {

	/**
	 * Handles a message.
	 * @param message the message
	 * @param stream where it came from; open for a conversation
	 * @return the reply; an exception is raised at the caller; {@code null} sends nothing
	 * @throws Exception what the caller gets instead of a reply
	 */
	@Nullable Object handle(M message, ContextStream stream) throws Exception;

}
