package io.adaptive.spi;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageHeaders;
import io.adaptive.message.Priority;
import org.jspecify.annotations.Nullable;

/**
 * What travels over a link: messages, answers and control. Stream and call ids are those
 * of {@code docs/protocol.md}.
 */
public sealed interface Envelope {

	/**
	 * Opens a stream.
	 *
	 * @param streamId the new stream
	 */
	record Open(int streamId) implements Envelope {
	}

	/**
	 * A message to a handler or an inbox.
	 *
	 * @param streamId the stream
	 * @param callId the call that waits for an answer, or 0
	 * @param timeoutNanos the time left until the caller gives up, or 0 for none
	 * @param priority how urgent its sender wants it to be, {@code null} for what the
	 * handler says
	 * @param headers what travels beside the message
	 * @param payload the message
	 * @param role what is known of one-way answers
	 */
	record Message(int streamId, long callId, long timeoutNanos, @Nullable Priority priority, MessageHeaders headers,
			Payload payload, Role role) implements Envelope {

		/**
		 * Makes an ordinary message.
		 * @param streamId the stream
		 * @param callId the call that waits for an answer, or 0
		 * @param timeoutNanos the time left until the caller gives up, or 0 for none
		 * @param priority how urgent its sender wants it to be, {@code null} for what the
		 * handler says
		 * @param headers what travels beside the message
		 * @param payload the message
		 */
		public Message(int streamId, long callId, long timeoutNanos, @Nullable Priority priority,
				MessageHeaders headers, Payload payload) {
			this(streamId, callId, timeoutNanos, priority, headers, payload, Role.ORDINARY);
		}

		/**
		 * Makes a message with nothing beside it.
		 * @param streamId the stream
		 * @param callId the call that waits for an answer, or 0
		 * @param timeoutNanos the time left until the caller gives up, or 0 for none
		 * @param priority how urgent its sender wants it to be, {@code null} for what the
		 * handler says
		 * @param payload the message
		 */
		public Message(int streamId, long callId, long timeoutNanos, @Nullable Priority priority, Payload payload) {
			this(streamId, callId, timeoutNanos, priority, MessageHeaders.NONE, payload);
		}

		/**
		 * Makes a message as urgent as its handler says.
		 * @param streamId the stream
		 * @param callId the call that waits for an answer, or 0
		 * @param timeoutNanos the time left until the caller gives up, or 0 for none
		 * @param payload the message
		 */
		public Message(int streamId, long callId, long timeoutNanos, Payload payload) {
			this(streamId, callId, timeoutNanos, null, payload);
		}

		/**
		 * The role of a message in the exchange of one-way answers: what a handler of a
		 * one-way message returns, or fails with.
		 */
		public enum Role {

			/** The sender keeps one-way answers to it. */
			ORDINARY,

			/** The sender keeps no one-way answer to it. */
			WITHOUT_ANSWERS,

			/** It is a one-way answer itself, which costs no credit. */
			ANSWER

		}

	}

	/**
	 * The answer to a call.
	 *
	 * @param streamId the stream
	 * @param callId the call
	 * @param payload the answer, or {@code null} for an acknowledgement
	 * @param followed whether messages that belong to the call may follow on the stream
	 */
	record Reply(int streamId, long callId, @Nullable Payload payload, boolean followed) implements Envelope {

		/**
		 * Makes the only answer to a call.
		 * @param streamId the stream
		 * @param callId the call
		 * @param payload the answer, or {@code null} for an acknowledgement
		 */
		public Reply(int streamId, long callId, @Nullable Payload payload) {
			this(streamId, callId, payload, false);
		}

	}

	/**
	 * An error: the answer to a call, or in place of a message for the peer's inbox.
	 *
	 * @param streamId the stream
	 * @param callId the call, or 0
	 * @param error what went wrong
	 * @param answer whether it is a one-way answer, which costs no credit
	 */
	record Failure(int streamId, long callId, ErrorInfo error, boolean answer) implements Envelope {

		/**
		 * Makes the answer to a call, or an error that was sent as a message.
		 * @param streamId the stream
		 * @param callId the call, or 0
		 * @param error what went wrong
		 */
		public Failure(int streamId, long callId, ErrorInfo error) {
			this(streamId, callId, error, false);
		}

	}

	/**
	 * One-way answers of one kind that were dropped by their sender.
	 *
	 * @param streamId the stream of the last of them
	 * @param count how many since the last report of this kind
	 * @param messageType the name of the type of the one-way messages
	 * @param error the last error, with {@link ErrorCode#OK} for a value
	 */
	record Report(int streamId, long count, String messageType, ErrorInfo error) implements Envelope {
	}

	/**
	 * No more messages in this direction.
	 *
	 * @param streamId the stream
	 * @param cause {@link ErrorCode#OK} for an ordinary end
	 */
	record End(int streamId, ErrorInfo cause) implements Envelope {
	}

	/**
	 * The stream is broken off in both directions.
	 *
	 * @param streamId the stream
	 * @param cause why
	 */
	record Reset(int streamId, ErrorInfo cause) implements Envelope {
	}

	/**
	 * Nobody waits for the call any more.
	 *
	 * @param streamId the stream
	 * @param callId the call
	 */
	record Cancel(int streamId, long callId) implements Envelope {
	}

	/**
	 * Credit of one direction, and what both ends say about it.
	 *
	 * @param streamId the stream, or 0 for the whole connection
	 * @param bytes how many bytes
	 * @param messages how many messages; counted for the whole connection only
	 * @param purpose what is said
	 */
	record Credit(int streamId, int bytes, int messages, Purpose purpose) implements Envelope {

		/**
		 * Allows the peer to send more.
		 * @param streamId the stream, or 0 for the whole connection
		 * @param bytes how much more
		 */
		public Credit(int streamId, int bytes) {
			this(streamId, bytes, 0, Purpose.GRANT);
		}

		/**
		 * What a frame of credit says. The place is the number on the wire.
		 */
		public enum Purpose {

			/** The receiver of messages allows more, to the stream or the connection. */
			GRANT,

			/**
			 * The receiver of messages allows the connection more, for the first message
			 * that waits on the stream.
			 */
			GRANT_WAITING,

			/**
			 * The sender has a one-way message on the stream that waits for credit of the
			 * connection. The messages are those that have left the stream before,
			 * without the highest bit of their count.
			 */
			REQUEST,

			/** As {@link #REQUEST}, for a call. */
			REQUEST_CALL,

			/**
			 * The receiver of messages wants back what the sender does not use, but these
			 * bytes.
			 */
			RECALL,

			/** The sender gives credit of the connection back. */
			RETURN,

			/** The receiver of one-way answers has taken so many bytes of them. */
			ANSWERS_TAKEN

		}

	}

	/**
	 * The sender is leaving and takes no more calls.
	 *
	 * @param lastCallId the last call it accepted; later ones were not processed;
	 * {@link Long#MAX_VALUE} if it cannot say
	 * @param cause why it leaves
	 */
	record GoAway(long lastCallId, ErrorInfo cause) implements Envelope {
	}

	/**
	 * Asks for a sign of life, or gives it. Stays within the link.
	 *
	 * @param token what the answer repeats
	 * @param answer whether this is the answer
	 */
	record Ping(long token, boolean answer) implements Envelope {
	}

}
