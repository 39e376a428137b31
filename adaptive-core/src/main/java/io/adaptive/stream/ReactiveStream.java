package io.adaptive.stream;

import io.adaptive.internal.stream.FutureReactiveStream;
import io.adaptive.message.MessageType;
import io.adaptive.message.TypeReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The three calls of a {@link MessageStream} for Reactor. Nothing happens before a
 * subscription, and each subscription is a call of its own. Signals come on the node's
 * workers. Cancelling a subscription stops the waiting, and for a call tells the server.
 * A receive takes a message, or its error, only for a demand. A message that arrives
 * after the cancellation is received by the next {@code recv}, in its order. One that is
 * signalled at the moment of the cancellation still reaches the subscriber. A demand of 0
 * or less ends the subscription with {@link IllegalArgumentException}.
 */
public interface ReactiveStream {

	/**
	 * Sends a message one way.
	 * @param message the message, or an exception
	 * @return completes when there was credit and the message has left
	 * @see MessageStream#send
	 */
	Mono<Void> send(Object message);

	/**
	 * Sends a message one way, with a priority of its own.
	 * @param message the message, or an exception
	 * @param settings how to treat it; a timeout limits the wait for credit
	 * @return completes when there was credit and the message has left
	 */
	Mono<Void> send(Object message, CallSettings settings);

	/**
	 * Waits until {@link MessageStream#isWritable()} was {@code true}.
	 * @return completes when no message waits for credit, fails when the stream ends
	 * @see AsyncStream#whenWritable()
	 */
	Mono<Void> whenWritable();

	/**
	 * Receives the next message.
	 * @param <T> the type
	 * @param type what to accept
	 * @return the message
	 * @see MessageStream#recv
	 */
	default <T> Mono<T> recv(Class<T> type) {
		return recv(MessageType.of(type));
	}

	/**
	 * Receives the next message, of a type with type arguments.
	 * @param <T> the type
	 * @param type what to accept
	 * @return the message
	 * @see MessageStream#recv
	 */
	default <T> Mono<T> recv(TypeReference<T> type) {
		return recv(type.messageType());
	}

	/**
	 * Receives the next message.
	 * @param <T> the type
	 * @param type what to accept
	 * @return the message
	 * @see MessageStream#recv
	 */
	<T> Mono<T> recv(MessageType<T> type);

	/**
	 * Receives messages until the peer ends the stream. What is not requested stays with
	 * the peer, once the stream's credit is used up.
	 * @param <T> the type
	 * @param type what to accept
	 * @return the messages
	 */
	default <T> Flux<T> recvAll(Class<T> type) {
		return recvAll(MessageType.of(type));
	}

	/**
	 * Receives messages until the peer ends the stream.
	 * @param <T> the type
	 * @param type what to accept
	 * @return the messages
	 * @see #recvAll(Class)
	 */
	<T> Flux<T> recvAll(MessageType<T> type);

	/**
	 * Sends a request and receives its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType what to accept
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
	 * @param replyType what to accept
	 * @return the answer
	 * @see MessageStream#sendRecv
	 */
	default <T> Mono<T> sendRecv(Object request, TypeReference<T> replyType) {
		return sendRecv(request, replyType.messageType(), CallSettings.DEFAULT);
	}

	/**
	 * Sends a request that is treated otherwise than usual, and receives its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType what to accept
	 * @param settings how to treat it
	 * @return the answer, empty where the handler returned nothing and that is allowed
	 * @see MessageStream#sendRecv(Object, Class, CallSettings)
	 */
	default <T> Mono<T> sendRecv(Object request, Class<T> replyType, CallSettings settings) {
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
	<T> Mono<T> sendRecv(Object request, MessageType<T> replyType, CallSettings settings);

	/**
	 * Gives futures the form of Reactor.
	 * @param stream the futures
	 * @return the reactive form
	 */
	static ReactiveStream over(AsyncStream stream) {
		return new FutureReactiveStream(stream);
	}

}
