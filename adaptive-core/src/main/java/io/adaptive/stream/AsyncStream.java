package io.adaptive.stream;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * The three calls of a {@link MessageStream} as futures. The methods return at once and
 * may be called from any thread; the futures fail with the exceptions that the blocking
 * methods throw. What hangs on them runs on the node's workers. Cancelling a future stops
 * the waiting, and for a call tells the server.
 */
public interface AsyncStream {

	/**
	 * Sends a message one way.
	 * @param message the message, or an exception
	 * @return completes when there was credit and the message has left
	 * @see MessageStream#send
	 */
	CompletableFuture<@Nullable Void> send(Object message);

	/**
	 * Sends a message one way, with a priority of its own.
	 * @param message the message, or an exception
	 * @param settings how to treat it; a timeout limits the wait for credit
	 * @return completes when there was credit and the message has left
	 */
	CompletableFuture<@Nullable Void> send(Object message, CallSettings settings);

	/**
	 * Receives the next message.
	 * @param <T> the type
	 * @param type what to accept
	 * @return the message
	 * @see MessageStream#recv
	 */
	<T> CompletableFuture<T> recv(Class<T> type);

	/**
	 * Sends a request and receives its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType what to accept
	 * @return the answer
	 * @see MessageStream#sendRecv
	 */
	<T> CompletableFuture<T> sendRecv(Object request, Class<T> replyType);

	/**
	 * Sends a request that is treated otherwise than usual, and receives its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType what to accept
	 * @param settings how to treat it
	 * @return the answer
	 * @see MessageStream#sendRecv(Object, Class, CallSettings)
	 */
	<T> CompletableFuture<T> sendRecv(Object request, Class<T> replyType, CallSettings settings);

}
