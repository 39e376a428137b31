package io.adaptive.stream;

import java.util.concurrent.CompletableFuture;

import io.adaptive.message.MessageType;
import io.adaptive.message.TypeReference;
import org.jspecify.annotations.Nullable;

/**
 * The three calls of a {@link MessageStream} as futures. The methods return at once and
 * may be called from any thread; the futures fail with the exceptions that the blocking
 * methods throw. What hangs on them runs on threads for callbacks. Cancelling a future,
 * or completing it in any other way, stops the waiting, and for a call tells the server.
 * A message that arrives meanwhile is received by the next {@code recv}, in its order. It
 * is one or the other: {@code cancel} and {@code complete} return {@code false} if the
 * future has its message or is about to get it.
 */
public interface AsyncStream {

	/**
	 * Sends a message one way. By default at most 16,384 messages and 16 MB wait for
	 * credit on a stream, calls among them, the last one whatever its size; threads that
	 * send at the same moment may each add one more. Bytes are counted as for credit.
	 * Beyond that the future fails at once with {@code RESOURCE_EXHAUSTED}, and the
	 * message is not sent.
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
	 * Waits until {@link MessageStream#isWritable()} was {@code true}, at once if it is.
	 * Dependent stages run on threads for callbacks. No change is missed, but by the time
	 * that they run other threads may have sent again. As many callers may wait on one
	 * stream as messages may.
	 * @return completes when no message waits for credit. Fails with
	 * {@link io.adaptive.message.StreamResetException} or
	 * {@link io.adaptive.message.ConnectionLostException} when the stream ends, and never
	 * completes normally after that; with {@code RESOURCE_EXHAUSTED} if too many callers
	 * wait. On a connection that discovers by itself it waits for an instance as well
	 */
	CompletableFuture<@Nullable Void> whenWritable();

	/**
	 * Receives the next message.
	 * @param <T> the type
	 * @param type what to accept
	 * @return the message
	 * @see MessageStream#recv
	 */
	default <T> CompletableFuture<T> recv(Class<T> type) {
		return recv(MessageType.of(type));
	}

	/**
	 * Receives the next message, of a type with type arguments.
	 * @param <T> the type
	 * @param type what to accept
	 * @return the message
	 * @see MessageStream#recv
	 */
	default <T> CompletableFuture<T> recv(TypeReference<T> type) {
		return recv(type.messageType());
	}

	/**
	 * Receives the next message.
	 * @param <T> the type
	 * @param type what to accept
	 * @return the message
	 * @see MessageStream#recv
	 */
	<T> CompletableFuture<T> recv(MessageType<T> type);

	/**
	 * Sends a request and receives its answer. Requests that wait for credit are bounded
	 * as for {@link #send(Object)}; those that have left are not counted.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType what to accept
	 * @return the answer
	 * @see MessageStream#sendRecv
	 */
	default <T> CompletableFuture<T> sendRecv(Object request, Class<T> replyType) {
		return sendRecv(request, MessageType.of(replyType), CallSettings.DEFAULT);
	}

	/**
	 * Sends a request and receives its answer, of a type with type arguments.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType what to accept
	 * @return the answer
	 * @see MessageStream#sendRecv
	 */
	default <T> CompletableFuture<T> sendRecv(Object request, TypeReference<T> replyType) {
		return sendRecv(request, replyType.messageType(), CallSettings.DEFAULT);
	}

	/**
	 * Sends a request that is treated otherwise than usual, and receives its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType what to accept
	 * @param settings how to treat it
	 * @return the answer
	 * @see MessageStream#sendRecv(Object, Class, CallSettings)
	 */
	default <T> CompletableFuture<T> sendRecv(Object request, Class<T> replyType, CallSettings settings) {
		return sendRecv(request, MessageType.of(replyType), settings);
	}

	/**
	 * Sends a request that is treated otherwise than usual, and receives its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType what to accept
	 * @param settings how to treat it
	 * @return the answer
	 * @see MessageStream#sendRecv(Object, Class, CallSettings)
	 */
	<T> CompletableFuture<T> sendRecv(Object request, MessageType<T> replyType, CallSettings settings);

}
