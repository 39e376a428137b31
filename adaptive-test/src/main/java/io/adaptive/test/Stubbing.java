package io.adaptive.test;

import java.util.concurrent.CompletableFuture;

import io.adaptive.handler.Handler;
import io.adaptive.handler.ReplyHandler;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import reactor.core.publisher.Flux;

/**
 * The configuration of the answers to messages of one type. The last answer configured
 * applies; answers configured {@link #once()} precede it.
 *
 * @param <M> the type
 */
public final class Stubbing<M> {

	private final ServiceStub stub;

	private final Class<M> type;

	private final boolean once;

	Stubbing(ServiceStub stub, Class<M> type) {
		this(stub, type, false);
	}

	private Stubbing(ServiceStub stub, Class<M> type, boolean once) {
		this.stub = stub;
		this.type = type;
		this.once = once;
	}

	/**
	 * Restricts the answer to one message. Several such answers are used in the order of
	 * their configuration, and afterwards the answer configured without this method
	 * applies.
	 * @return the stubbing, which accepts the answer
	 */
	public Stubbing<M> once() {
		return new Stubbing<>(this.stub, this.type, true);
	}

	/**
	 * Answers with the result of a function, which can return the same as a handler: a
	 * message, {@code null} for an acknowledgement, or a {@code Mono}, {@code Flux} or
	 * {@code CompletionStage} of messages.
	 * @param reply returns the answer, or throws the error that the caller receives
	 * instead
	 * @return the stub
	 */
	public ServiceStub reply(ReplyHandler<M> reply) {
		return this.stub.answer(this.type, (answer) -> this.once ? answer.once(reply) : answer.always(reply));
	}

	/**
	 * Answers with a fixed message.
	 * @param message the answer
	 * @return the stub
	 */
	public ServiceStub replyWith(Object message) {
		return reply((request) -> message);
	}

	/**
	 * Acknowledges the message, like a handler that returns nothing.
	 * @return the stub
	 */
	public ServiceStub acknowledge() {
		return reply((request) -> null);
	}

	/**
	 * Fails like a handler that throws.
	 * @param error the exception from which the exception of the caller is created
	 * @return the stub
	 */
	public ServiceStub fail(Exception error) {
		return reply((request) -> {
			throw error;
		});
	}

	/**
	 * Fails with an error code.
	 * @param code the error code
	 * @param message the text
	 * @return the stub
	 */
	public ServiceStub fail(ErrorCode code, String message) {
		return fail(new AdaptiveException(code, Delivery.UNKNOWN, message, null));
	}

	/**
	 * Does not answer, so that the caller times out or gives up.
	 * @return the stub
	 */
	public ServiceStub stayMute() {
		return reply((request) -> new CompletableFuture<>());
	}

	/**
	 * Sends several messages and ends the stream, which must not be the default stream.
	 * @param messages the messages
	 * @return the stub
	 */
	public ServiceStub stream(Object... messages) {
		return reply((request) -> Flux.just(messages));
	}

	/**
	 * Handles the message with access to the stream, on which messages without an answer
	 * can be received.
	 * @param handler handles the message
	 * @return the stub
	 */
	public ServiceStub handle(Handler<M> handler) {
		if (this.once) {
			throw new IllegalStateException("A conversation is for all messages of its type; leave once() out");
		}
		return this.stub.answer(this.type, (answer) -> answer.conversation(handler));
	}

}
