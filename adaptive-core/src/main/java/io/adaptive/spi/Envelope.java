package io.adaptive.spi;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageHeaders;
import io.adaptive.message.Priority;
import org.jspecify.annotations.Nullable;

/**
 * The unit of transfer on a link: a message, an answer or a control envelope.
 * {@code docs/protocol.md} specifies stream and call ids.
 */
public sealed interface Envelope {

	/**
	 * The opening of a stream.
	 *
	 * @param streamId the id of the new stream
	 */
	record Open(int streamId) implements Envelope {
	}

	/**
	 * A message for a handler or an inbox.
	 *
	 * @param streamId the id of the stream
	 * @param callId the id of the call that waits for an answer, or 0
	 * @param timeoutNanos the remaining time until the caller gives up, in nanoseconds,
	 * or 0 for no limit
	 * @param priority the priority requested by the sender, {@code null} for that of the
	 * handler
	 * @param headers the headers
	 * @param payload the message
	 * @param role the role of the message with regard to one-way answers
	 */
	record Message(int streamId, long callId, long timeoutNanos, @Nullable Priority priority, MessageHeaders headers,
			Payload payload, Role role) implements Envelope {

		/**
		 * Creates an ordinary message.
		 * @param streamId the id of the stream
		 * @param callId the id of the call that waits for an answer, or 0
		 * @param timeoutNanos the remaining time until the caller gives up, in
		 * nanoseconds, or 0 for no limit
		 * @param priority the priority requested by the sender, {@code null} for that of
		 * the handler
		 * @param headers the headers
		 * @param payload the message
		 */
		public Message(int streamId, long callId, long timeoutNanos, @Nullable Priority priority,
				MessageHeaders headers, Payload payload) {
			this(streamId, callId, timeoutNanos, priority, headers, payload, Role.ORDINARY);
		}

		/**
		 * Creates a message without headers.
		 * @param streamId the id of the stream
		 * @param callId the id of the call that waits for an answer, or 0
		 * @param timeoutNanos the remaining time until the caller gives up, in
		 * nanoseconds, or 0 for no limit
		 * @param priority the priority requested by the sender, {@code null} for that of
		 * the handler
		 * @param payload the message
		 */
		public Message(int streamId, long callId, long timeoutNanos, @Nullable Priority priority, Payload payload) {
			this(streamId, callId, timeoutNanos, priority, MessageHeaders.NONE, payload);
		}

		/**
		 * Creates a message with the priority of its handler.
		 * @param streamId the id of the stream
		 * @param callId the id of the call that waits for an answer, or 0
		 * @param timeoutNanos the remaining time until the caller gives up, in
		 * nanoseconds, or 0 for no limit
		 * @param payload the message
		 */
		public Message(int streamId, long callId, long timeoutNanos, Payload payload) {
			this(streamId, callId, timeoutNanos, null, payload);
		}

		/**
		 * The role of a message with regard to one-way answers: the return values and
		 * failures of handlers of one-way messages.
		 */
		public enum Role {

			/** The sender keeps one-way answers to it. */
			ORDINARY,

			/** The sender keeps no one-way answer to it. */
			WITHOUT_ANSWERS,

			/** The message is itself a one-way answer, which costs no credit. */
			ANSWER

		}

	}

	/**
	 * The answer to a call.
	 *
	 * @param streamId the id of the stream
	 * @param callId the id of the call
	 * @param payload the answer, or {@code null} for an acknowledgement
	 * @param followed whether further messages of the call can follow on the stream
	 */
	record Reply(int streamId, long callId, @Nullable Payload payload, boolean followed) implements Envelope {

		/**
		 * Creates the only answer to a call.
		 * @param streamId the id of the stream
		 * @param callId the id of the call
		 * @param payload the answer, or {@code null} for an acknowledgement
		 */
		public Reply(int streamId, long callId, @Nullable Payload payload) {
			this(streamId, callId, payload, false);
		}

	}

	/**
	 * An error, as the answer to a call or in place of a message for the inbox of the
	 * peer.
	 *
	 * @param streamId the id of the stream
	 * @param callId the id of the call, or 0
	 * @param error the error
	 * @param answer whether it is a one-way answer, which costs no credit
	 */
	record Failure(int streamId, long callId, ErrorInfo error, boolean answer) implements Envelope {

		/**
		 * Creates the answer to a call, or an error in place of a message.
		 * @param streamId the id of the stream
		 * @param callId the id of the call, or 0
		 * @param error the error
		 */
		public Failure(int streamId, long callId, ErrorInfo error) {
			this(streamId, callId, error, false);
		}

	}

	/**
	 * A report of one-way answers of one kind that their sender dropped.
	 *
	 * @param streamId the id of the stream of the last of them
	 * @param count the number since the previous report of this kind
	 * @param messageType the name of the type of the one-way messages
	 * @param error the last error, with {@link ErrorCode#OK} for a value
	 */
	record Report(int streamId, long count, String messageType, ErrorInfo error) implements Envelope {
	}

	/**
	 * The end of the messages in this direction.
	 *
	 * @param streamId the id of the stream
	 * @param cause the reason, {@link ErrorCode#OK} for a regular end
	 */
	record End(int streamId, ErrorInfo cause) implements Envelope {
	}

	/**
	 * The reset of a stream in both directions.
	 *
	 * @param streamId the id of the stream
	 * @param cause the reason
	 */
	record Reset(int streamId, ErrorInfo cause) implements Envelope {
	}

	/**
	 * The cancellation of a call.
	 *
	 * @param streamId the id of the stream
	 * @param callId the id of the call
	 */
	record Cancel(int streamId, long callId) implements Envelope {
	}

	/**
	 * A flow control envelope for the credit of one direction.
	 *
	 * @param streamId the id of the stream, or 0 for the whole connection
	 * @param bytes the number of bytes
	 * @param messages the number of messages, which is counted for the whole connection
	 * only
	 * @param purpose the purpose
	 */
	record Credit(int streamId, int bytes, int messages, Purpose purpose) implements Envelope {

		/**
		 * Creates a grant of bytes to the peer.
		 * @param streamId the id of the stream, or 0 for the whole connection
		 * @param bytes the number of additional bytes
		 */
		public Credit(int streamId, int bytes) {
			this(streamId, bytes, 0, Purpose.GRANT);
		}

		/**
		 * The purpose of a credit envelope. The ordinal is the number on the wire.
		 */
		public enum Purpose {

			/**
			 * The receiver of messages grants more credit to the stream or the
			 * connection.
			 */
			GRANT,

			/**
			 * The receiver of messages grants more credit to the connection, for the
			 * first message that waits on the stream.
			 */
			GRANT_WAITING,

			/**
			 * The sender requests connection credit for a one-way message that waits on
			 * the stream. The number of messages is the count of messages sent on the
			 * stream before, without its highest bit.
			 */
			REQUEST,

			/** As {@link #REQUEST}, for a call. */
			REQUEST_CALL,

			/**
			 * The receiver of messages recalls the unused credit of the sender except for
			 * the given bytes.
			 */
			RECALL,

			/** The sender returns connection credit. */
			RETURN,

			/** The receiver of one-way answers has consumed the given bytes of them. */
			ANSWERS_TAKEN

		}

	}

	/**
	 * The announcement that the sender shuts down and accepts no more calls.
	 *
	 * @param lastCallId the id of the last accepted call; later calls were not processed;
	 * {@link Long#MAX_VALUE} if unknown
	 * @param cause the reason
	 */
	record GoAway(long lastCallId, ErrorInfo cause) implements Envelope {
	}

	/**
	 * A ping, or its answer. It is not passed beyond the link.
	 *
	 * @param token the token that the answer repeats
	 * @param answer whether this is the answer
	 */
	record Ping(long token, boolean answer) implements Envelope {
	}

}
