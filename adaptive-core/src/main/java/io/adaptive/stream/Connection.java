package io.adaptive.stream;

import java.util.concurrent.CompletableFuture;

/**
 * A connection of a client to one instance of a service. The connection is its own
 * default stream. Closing it ends all its streams. Thread-safe.
 */
public interface Connection extends MessageStream {

	/**
	 * Opens another stream.
	 * @return the stream, to be closed by the caller
	 */
	MessageStream newStream();

	/**
	 * Opens another stream, without blocking while the service is discovered.
	 * @param settings the settings, whose timeout limits the time to open the stream
	 * @return the stream, to be closed by the caller
	 */
	CompletableFuture<MessageStream> newStreamAsync(CallSettings settings);

	/**
	 * Returns whether messages can be sent.
	 * @return {@code false} once the connection is closed or lost, or the peer has
	 * announced its shutdown
	 */
	boolean isOpen();

	/**
	 * Returns information about the connection and its peer.
	 * @return the information
	 */
	ConnectionInfo info();

}
