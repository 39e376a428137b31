package io.adaptive.dispatch;

import java.util.concurrent.Callable;

import io.adaptive.stream.ContextStream;
import io.adaptive.stream.IncomingMessage;
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
	Class<? extends M> type();

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
	Invocation prepare(IncomingMessage incoming);

	/**
	 * A message on its way to the handler.
	 */
	@FunctionalInterface
	interface Invocation {

		/**
		 * Decodes the message, on a worker.
		 * @return runs the handler
		 * @throws io.adaptive.message.AdaptiveException if it cannot be decoded
		 */
		Callable<@Nullable Object> decode();

	}

	/**
	 * With a handler that only replies.
	 */
	record Replying<M>(Class<? extends M> type, ReplyHandler<? super M> handler,
			HandlerOptions options) implements KnownMessage<M> {

		@Override
		public Replying<M> with(HandlerOptions options) {
			return new Replying<>(this.type, this.handler, options);
		}

		@Override
		public Invocation prepare(IncomingMessage incoming) {
			return () -> {
				M message = incoming.payload().decode(this.type);
				return () -> this.handler.handle(message);
			};
		}

	}

	/**
	 * With a handler that takes the stream. The conversation opens before the next
	 * message of the stream is looked at.
	 */
	record Conversing<M>(Class<? extends M> type, Handler<? super M> handler,
			HandlerOptions options) implements KnownMessage<M> {

		@Override
		public Conversing<M> with(HandlerOptions options) {
			return new Conversing<>(this.type, this.handler, options);
		}

		@Override
		public Invocation prepare(IncomingMessage incoming) {
			ContextStream stream = incoming.openConversation();
			return () -> {
				M message = incoming.payload().decode(this.type);
				return () -> this.handler.handle(message, stream);
			};
		}

	}

}
