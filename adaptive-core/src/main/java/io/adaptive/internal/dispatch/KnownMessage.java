package io.adaptive.internal.dispatch;

import io.adaptive.handler.ContextHandler;
import io.adaptive.handler.Handler;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.handler.ReplyHandler;
import io.adaptive.internal.stream.IncomingMessage;
import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * A message type with its handler.
 *
 * @param <M> the type
 */
sealed interface KnownMessage<M> {

	/**
	 * Returns what the message is decoded to.
	 */
	MessageType<? extends M> type();

	/**
	 * Returns how it is handled.
	 */
	HandlerOptions options();

	/**
	 * Returns the same with other options.
	 */
	KnownMessage<M> with(HandlerOptions options);

	/**
	 * Prepares to handle a message, where it arrived and in the order of arrival.
	 */
	void prepare(IncomingMessage incoming);

	/**
	 * Runs the handler.
	 * @param message the decoded message
	 * @return what the handler returned
	 * @throws Exception what the handler threw
	 */
	@Nullable Object handle(M message, IncomingMessage incoming) throws Exception;

	/**
	 * With a handler that only replies.
	 */
	record Replying<M>(MessageType<? extends M> type, ReplyHandler<? super M> handler,
			HandlerOptions options) implements KnownMessage<M> {

		@Override
		public Replying<M> with(HandlerOptions options) {
			return new Replying<>(this.type, this.handler, options);
		}

		@Override
		public void prepare(IncomingMessage incoming) {
			// It needs nothing but the message.
		}

		@Override
		public @Nullable Object handle(M message, IncomingMessage incoming) throws Exception {
			return this.handler.handle(message);
		}

	}

	/**
	 * With a handler that replies and sees the stream's context.
	 */
	record Informed<M>(MessageType<? extends M> type, ContextHandler<? super M> handler,
			HandlerOptions options) implements KnownMessage<M> {

		@Override
		public Informed<M> with(HandlerOptions options) {
			return new Informed<>(this.type, this.handler, options);
		}

		@Override
		public void prepare(IncomingMessage incoming) {
			// The context is there with the stream.
		}

		@Override
		public @Nullable Object handle(M message, IncomingMessage incoming) throws Exception {
			return this.handler.handle(message, incoming.streamContext());
		}

	}

	/**
	 * With a handler that takes the stream. The conversation opens before the next
	 * message of the stream is looked at.
	 */
	record Conversing<M>(MessageType<? extends M> type, Handler<? super M> handler,
			HandlerOptions options) implements KnownMessage<M> {

		@Override
		public Conversing<M> with(HandlerOptions options) {
			return new Conversing<>(this.type, this.handler, options);
		}

		@Override
		public void prepare(IncomingMessage incoming) {
			incoming.openConversation();
		}

		@Override
		public @Nullable Object handle(M message, IncomingMessage incoming) throws Exception {
			return this.handler.handle(message, incoming.conversation());
		}

	}

}
