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
	 * Returns the type that the message is decoded to.
	 */
	MessageType<? extends M> type();

	/**
	 * Returns the options of the handler.
	 */
	HandlerOptions options();

	/**
	 * Returns this message with other options.
	 */
	KnownMessage<M> with(HandlerOptions options);

	/**
	 * Prepares for the handler, on the thread of the message's arrival and in the order
	 * of arrival.
	 */
	void prepare(IncomingMessage incoming);

	/**
	 * Runs the handler.
	 * @param message the decoded message
	 * @return the return value of the handler
	 * @throws Exception the exception thrown by the handler
	 */
	@Nullable Object handle(M message, IncomingMessage incoming) throws Exception;

	/**
	 * A message whose handler only replies.
	 */
	record Replying<M>(MessageType<? extends M> type, ReplyHandler<? super M> handler,
			HandlerOptions options) implements KnownMessage<M> {

		@Override
		public Replying<M> with(HandlerOptions options) {
			return new Replying<>(this.type, this.handler, options);
		}

		@Override
		public void prepare(IncomingMessage incoming) {
			// The handler needs only the message.
		}

		@Override
		public @Nullable Object handle(M message, IncomingMessage incoming) throws Exception {
			return this.handler.handle(message);
		}

	}

	/**
	 * A message whose handler replies and receives the stream's context.
	 */
	record Informed<M>(MessageType<? extends M> type, ContextHandler<? super M> handler,
			HandlerOptions options) implements KnownMessage<M> {

		@Override
		public Informed<M> with(HandlerOptions options) {
			return new Informed<>(this.type, this.handler, options);
		}

		@Override
		public void prepare(IncomingMessage incoming) {
			// The context exists with the stream.
		}

		@Override
		public @Nullable Object handle(M message, IncomingMessage incoming) throws Exception {
			return this.handler.handle(message, incoming.streamContext());
		}

	}

	/**
	 * A message whose handler receives the stream. The conversation opens before the next
	 * message of the stream is dispatched.
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
