package io.adaptive.internal.stream;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.StreamResetException;
import io.adaptive.spi.Link;
import io.adaptive.stream.MessageStream;

/**
 * The cause for which a stream, conversation or call has ended. Not an exception itself,
 * since each thread needs one of its own.
 */
sealed interface Termination {

	/**
	 * Creates the exception for one thread.
	 * @return the exception
	 */
	RuntimeException toException();

	/**
	 * Returns the cause for a sender, which has not sent yet.
	 * @param stream the stream that has ended
	 */
	default Termination forSender(MessageStream stream) {
		return this;
	}

	/**
	 * The peer ended the stream.
	 */
	record EndOfStream(int streamId, ErrorInfo cause) implements Termination {

		@Override
		public RuntimeException toException() {
			return new EndOfStreamException("The peer ended stream %s: %s".formatted(this.streamId, this.cause));
		}

		@Override
		public Termination forSender(MessageStream stream) {
			return new Reset(new ErrorInfo(ErrorCode.CANCELLED, "the peer closed " + stream));
		}

	}

	/**
	 * The stream was reset.
	 */
	record Reset(ErrorInfo cause) implements Termination {

		@Override
		public RuntimeException toException() {
			return new StreamResetException(this.cause);
		}

	}

	/**
	 * The handlers of a conversation on the default stream have ended.
	 */
	record ConversationOver(MessageStream stream) implements Termination {

		@Override
		public RuntimeException toException() {
			return new AdaptiveException(ErrorCode.FAILED_PRECONDITION, Delivery.UNKNOWN,
					("The conversation on %s has ended with its handler: nothing more is received there. "
							+ "Let the client open a stream of its own, whose conversation lasts as long as the stream")
						.formatted(this.stream),
					null);
		}

	}

	/**
	 * The connection is lost, or is closing and did not take the call.
	 */
	record Lost(Link link, ErrorInfo cause, Delivery delivery) implements Termination {

		@Override
		public RuntimeException toException() {
			return new ConnectionLostException(this.link.service(), this.link.endpoint(), this.cause, this.delivery);
		}

		@Override
		public Termination forSender(MessageStream stream) {
			return new Lost(this.link, this.cause, Delivery.NOT_SENT);
		}

	}

}
