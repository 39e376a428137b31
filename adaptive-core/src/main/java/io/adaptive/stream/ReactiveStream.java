package io.adaptive.stream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The three calls of a {@link MessageStream} for Reactor. Nothing happens before a
 * subscription, and each subscription is a call of its own. Signals come on the node's
 * workers. Cancelling a subscription stops the waiting, and for a call tells the server.
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
	 * Receives the next message.
	 * @param <T> the type
	 * @param type what to accept
	 * @return the message
	 * @see MessageStream#recv
	 */
	<T> Mono<T> recv(Class<T> type);

	/**
	 * Receives messages until the peer ends the stream. What is not requested stays with
	 * the peer, once the stream's credit is used up.
	 * @param <T> the type
	 * @param type what to accept
	 * @return the messages
	 */
	<T> Flux<T> recvAll(Class<T> type);

	/**
	 * Sends a request and receives its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType what to accept
	 * @return the answer, empty for {@code Void.class}
	 * @see MessageStream#sendRecv
	 */
	<T> Mono<T> sendRecv(Object request, Class<T> replyType);

	/**
	 * Sends a request that is treated otherwise than usual, and receives its answer.
	 * @param <T> the type of the answer
	 * @param request the request
	 * @param replyType what to accept
	 * @param settings how to treat it
	 * @return the answer, empty where the handler returned nothing and that is allowed
	 * @see MessageStream#sendRecv(Object, Class, CallSettings)
	 */
	<T> Mono<T> sendRecv(Object request, Class<T> replyType, CallSettings settings);

	/**
	 * Gives futures the form of Reactor.
	 * @param stream the futures
	 * @return the reactive form
	 */
	static ReactiveStream over(AsyncStream stream) {
		return new FutureReactiveStream(stream);
	}

}
