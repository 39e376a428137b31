package io.adaptive.stream;

import java.util.concurrent.CompletableFuture;

import io.adaptive.message.MessageType;
import io.adaptive.message.TypeReference;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous operations of a {@link MessageStream}. The methods return at once and
 * can be called by any thread. The futures fail with the exceptions that the blocking
 * methods throw. Dependent stages run on callback threads of the node.
 * <p>
 * Cancelling a future, or completing it in any other way, ends the wait, and cancels a
 * call at the server. A message received afterwards is returned by the next {@code recv},
 * in its order. {@code cancel} and {@code complete} return {@code false} if the future
 * has its message or is about to get it.
 */
public interface AsyncStream {

	/**
	 * Sends a one-way message. By default at most 16,384 messages and 16 MB wait for
	 * credit on a stream, calls included; the last one may have any size, and threads
	 * that send concurrently may each add one more. Bytes are counted as for credit.
	 * Beyond that the future fails at once with {@code RESOURCE_EXHAUSTED}, and the
	 * message is not sent.
	 * @param message the message, or an exception
	 * @return completes when credit was available and the message was sent
	 * @see MessageStream#send
	 */
	CompletableFuture<@Nullable Void> send(Object message);

	/**
	 * Sends a one-way message with settings.
	 * @param message the message, or an exception
	 * @param settings the settings, whose timeout limits the wait for credit
	 * @return completes when credit was available and the message was sent
	 */
	CompletableFuture<@Nullable Void> send(Object message, CallSettings settings);

	/**
	 * Returns a future that completes when {@link MessageStream#isWritable()} becomes
	 * {@code true}, or at once if it is. No change is missed, but other threads may have
	 * sent again before dependent stages run. The number of waiting callers per stream
	 * has the same limit as that of messages.
	 * @return completes when no message waits for credit. Fails with
	 * {@link io.adaptive.message.StreamResetException} or
	 * {@link io.adaptive.message.ConnectionLostException} when the stream ends or has
	 * ended, and with {@code RESOURCE_EXHAUSTED} if too many callers wait. On a
	 * reconnecting connection it also waits for an instance
	 */
	CompletableFuture<@Nullable Void> whenWritable();

	/**
	 * Receives the next message.
	 * @param <T> the type
	 * @param type the accepted message type
	 * @return the message
	 * @see MessageStream#recv
	 */
	default <T> CompletableFuture<T> recv(Class<T> type) {
		return recv(MessageType.of(type));
	}

	/**
	 * Receives the next message, of a type with type arguments.
	 * @param <T> the type
	 * @param type the accepted message type
	 * @return the message
	 * @see MessageStream#recv
	 */
	default <T> CompletableFuture<T> recv(TypeReference<T> type) {
		return recv(type.messageType());
	}

	/**
	 * Receives the next message.
	 * @param <T> the type
	 * @param type the accepted message type
	 * @return the message
	 * @see MessageStream#recv
	 */
	<T> CompletableFuture<T> recv(MessageType<T> type);

	/**
	 * Sends a request and receives its answer. The number of requests that wait for
	 * credit is limited as for {@link #send(Object)}; sent requests are not counted.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType the accepted reply type
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
	 * @param replyType the accepted reply type
	 * @return the answer
	 * @see MessageStream#sendRecv
	 */
	default <T> CompletableFuture<T> sendRecv(Object request, TypeReference<T> replyType) {
		return sendRecv(request, replyType.messageType(), CallSettings.DEFAULT);
	}

	/**
	 * Sends a request with settings and receives its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType the accepted reply type
	 * @param settings the settings of the call
	 * @return the answer
	 * @see MessageStream#sendRecv(Object, Class, CallSettings)
	 */
	default <T> CompletableFuture<T> sendRecv(Object request, Class<T> replyType, CallSettings settings) {
		return sendRecv(request, MessageType.of(replyType), settings);
	}

	/**
	 * Sends a request with settings and receives its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType the accepted reply type
	 * @param settings the settings of the call
	 * @return the answer
	 * @see MessageStream#sendRecv(Object, Class, CallSettings)
	 */
	<T> CompletableFuture<T> sendRecv(Object request, MessageType<T> replyType, CallSettings settings);

}
