package io.adaptive.stream;

import java.util.concurrent.CompletableFuture;

/**
 * A client's link to one instance of one service. It is itself its default stream;
 * closing it ends all its streams. Safe for use by many threads.
 */
public interface Connection extends MessageStream {

	/**
	 * Opens another stream.
	 * @return the stream, to be closed by the caller
	 */
	MessageStream newStream();

	/**
	 * Opens another stream, without making the caller wait where the service has to be
	 * discovered first.
	 * @param settings limit how long that may take
	 * @return the stream, to be closed by the caller
	 */
	CompletableFuture<MessageStream> newStreamAsync(CallSettings settings);

	/**
	 * Tells whether messages can be sent.
	 * @return {@code false} once closed, lost, or told by the peer that it is leaving
	 */
	boolean isOpen();

	/**
	 * Returns where the connection leads.
	 * @return the peer
	 */
	ConnectionInfo info();

}
