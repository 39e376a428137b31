package io.adaptive.test;

import java.util.concurrent.CompletableFuture;

import io.adaptive.handler.Handler;
import io.adaptive.handler.ReplyHandler;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import reactor.core.publisher.Flux;

/**
 * Says what becomes of the messages of one type. What is said last counts, and what is
 * said {@link #once()} comes before it.
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
	 * Lets the answer count for one message only. Several such answers are used up in the
	 * order they were given; afterwards counts what was said without this.
	 * @return takes the answer
	 */
	public Stubbing<M> once() {
		return new Stubbing<>(this.stub, this.type, true);
	}

	/**
	 * Answers. What a handler may return may be returned here: a message, {@code null}
	 * for an acknowledgement, or a {@code Mono}, {@code Flux} or {@code CompletionStage}
	 * of messages.
	 * @param reply gives the answer, or throws what the caller gets instead
	 * @return the stub
	 */
	public ServiceStub reply(ReplyHandler<M> reply) {
		return this.stub.answer(this.type, (answer) -> this.once ? answer.once(reply) : answer.always(reply));
	}

	/**
	 * Answers always the same.
	 * @param message the answer
	 * @return the stub
	 */
	public ServiceStub replyWith(Object message) {
		return reply((request) -> message);
	}

	/**
	 * Acknowledges, as a handler does that returns nothing.
	 * @return the stub
	 */
	public ServiceStub acknowledge() {
		return reply((request) -> null);
	}

	/**
	 * Fails as a handler does that throws.
	 * @param error what the caller's exception is made of
	 * @return the stub
	 */
	public ServiceStub fail(Exception error) {
		return reply((request) -> {
			throw error;
		});
	}

	/**
	 * Fails with a code.
	 * @param code the code
	 * @param message the text
	 * @return the stub
	 */
	public ServiceStub fail(ErrorCode code, String message) {
		return fail(new AdaptiveException(code, Delivery.UNKNOWN, message, null));
	}

	/**
	 * Never answers, so that the caller runs into its time limit or gives up.
	 * @return the stub
	 */
	public ServiceStub stayMute() {
		return reply((request) -> new CompletableFuture<>());
	}

	/**
	 * Sends several messages and ends the stream, which is to be a stream of its own.
	 * @param messages the messages
	 * @return the stub
	 */
	public ServiceStub stream(Object... messages) {
		return reply((request) -> Flux.just(messages));
	}

	/**
	 * Talks on the stream, where messages that have no answer can be received.
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
