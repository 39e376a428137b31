package io.adaptive.stream;

/**
 * The stream on which a handler's message came. A handler that takes it opens a
 * conversation: from then on messages of types that the service has no handler for go to
 * this stream's inbox, where {@link #recv} finds them. The conversation lasts as long as
 * the stream; on the default stream, the connection itself, it lasts until the handler is
 * done. Later {@code recv} fails there with {@code FAILED_PRECONDITION}, while sending is
 * still possible.
 * <p>
 * If the message was a call and the handler returns {@code null}, the first message sent
 * here is the answer. The same holds for a call that {@link #recv} takes from the inbox.
 */
public interface ContextStream extends MessageStream {

	/**
	 * Returns who speaks.
	 * @return the peer
	 */
	ConnectionInfo info();

	/**
	 * Returns what the service remembers about this stream.
	 * @return the context, the same for all handlers of the stream
	 */
	StreamContext context();

	/**
	 * Tells whether the caller has given up or the stream has ended, so that a long
	 * handler can stop early. Never blocks; for any thread.
	 * @return whether no reply can reach the sender any more
	 */
	boolean isCancelled();

}
