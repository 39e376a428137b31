package io.adaptive.stream;

/**
 * The stream on which a handler received its message. A handler with access to it opens a
 * conversation: messages of types without a handler are then put into the inbox of the
 * stream, from which {@link #recv} takes them.
 * <p>
 * The conversation lasts as long as the stream. On the default stream, which is the
 * connection itself, it ends with the handler; afterwards {@code recv} fails with
 * {@code FAILED_PRECONDITION}, while sending remains possible.
 * <p>
 * If the message was a call and the handler returns {@code null}, the first message sent
 * on this stream is the answer. The same applies to a call that {@link #recv} takes from
 * the inbox.
 */
public interface ContextStream extends MessageStream {

	/**
	 * Returns information about the connection and its peer.
	 * @return the information
	 */
	ConnectionInfo info();

	/**
	 * Returns the context of this stream: the state of the service for it.
	 * @return the context, the same for all handlers of the stream
	 */
	StreamContext context();

	/**
	 * Returns whether the caller has given up or the stream has ended, so that a
	 * long-running handler can stop early. Never blocks; callable by any thread.
	 * @return {@code true} if a reply can no longer reach the sender
	 */
	boolean isCancelled();

}
