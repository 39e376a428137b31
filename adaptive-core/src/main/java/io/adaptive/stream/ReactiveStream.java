package io.adaptive.stream;

import io.adaptive.internal.stream.FutureReactiveStream;
import io.adaptive.message.MessageType;
import io.adaptive.message.TypeReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The reactive operations of a {@link MessageStream}, for Reactor. Nothing happens before
 * a subscription, and each subscription is a separate operation. Signals are emitted on
 * workers of the node.
 * <p>
 * Cancelling a subscription ends the wait, and cancels a call at the server. A receive
 * consumes a message, or its error, only on demand. A message received after the
 * cancellation is returned by the next {@code recv}, in its order. A message that is
 * being signalled during the cancellation still reaches the subscriber. A demand of 0 or
 * less terminates the subscription with {@link IllegalArgumentException}.
 */
public interface ReactiveStream {

	/**
	 * Sends a one-way message.
	 * @param message the message, or an exception
	 * @return completes when credit was available and the message was sent
	 * @see MessageStream#send
	 */
	Mono<Void> send(Object message);

	/**
	 * Sends a one-way message with settings.
	 * @param message the message, or an exception
	 * @param settings the settings, whose timeout limits the wait for credit
	 * @return completes when credit was available and the message was sent
	 */
	Mono<Void> send(Object message, CallSettings settings);

	/**
	 * Returns a {@code Mono} that completes when {@link MessageStream#isWritable()}
	 * becomes {@code true}.
	 * @return completes when no message waits for credit, fails when the stream ends
	 * @see AsyncStream#whenWritable()
	 */
	Mono<Void> whenWritable();

	/**
	 * Receives the next message.
	 * @param <T> the type
	 * @param type the accepted message type
	 * @return the message
	 * @see MessageStream#recv
	 */
	default <T> Mono<T> recv(Class<T> type) {
		return recv(MessageType.of(type));
	}

	/**
	 * Receives the next message, of a type with type arguments.
	 * @param <T> the type
	 * @param type the accepted message type
	 * @return the message
	 * @see MessageStream#recv
	 */
	default <T> Mono<T> recv(TypeReference<T> type) {
		return recv(type.messageType());
	}

	/**
	 * Receives the next message.
	 * @param <T> the type
	 * @param type the accepted message type
	 * @return the message
	 * @see MessageStream#recv
	 */
	<T> Mono<T> recv(MessageType<T> type);

	/**
	 * Receives messages until the peer ends the stream. Messages that are not requested
	 * remain at the peer once the credit of the stream is used up.
	 * @param <T> the type
	 * @param type the accepted message type
	 * @return the messages
	 */
	default <T> Flux<T> recvAll(Class<T> type) {
		return recvAll(MessageType.of(type));
	}

	/**
	 * Receives messages until the peer ends the stream.
	 * @param <T> the type
	 * @param type the accepted message type
	 * @return the messages
	 * @see #recvAll(Class)
	 */
	<T> Flux<T> recvAll(MessageType<T> type);

	/**
	 * Sends a request and receives its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType the accepted reply type
	 * @return the answer, empty for {@code Void.class}
	 * @see MessageStream#sendRecv
	 */
	default <T> Mono<T> sendRecv(Object request, Class<T> replyType) {
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
	default <T> Mono<T> sendRecv(Object request, TypeReference<T> replyType) {
		return sendRecv(request, replyType.messageType(), CallSettings.DEFAULT);
	}

	/**
	 * Sends a request with settings and receives its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType the accepted reply type
	 * @param settings the settings of the call
	 * @return the answer, empty if the handler returned nothing and the settings allow it
	 * @see MessageStream#sendRecv(Object, Class, CallSettings)
	 */
	default <T> Mono<T> sendRecv(Object request, Class<T> replyType, CallSettings settings) {
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
	<T> Mono<T> sendRecv(Object request, MessageType<T> replyType, CallSettings settings);

	/**
	 * Returns the reactive operations of an asynchronous stream.
	 * @param stream the asynchronous stream
	 * @return the reactive operations
	 */
	static ReactiveStream over(AsyncStream stream) {
		return new FutureReactiveStream(stream);
	}

}
