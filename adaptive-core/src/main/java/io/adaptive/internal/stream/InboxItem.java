package io.adaptive.internal.stream;

import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageType;
import io.adaptive.message.MessageTypeMismatchException;
import io.adaptive.message.RemoteException;
import io.adaptive.message.TraceTag;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Payload;
import org.jspecify.annotations.Nullable;

/**
 * An item for a receiver: in an inbox, or as the outcome of a call.
 */
sealed interface InboxItem {

	/**
	 * A message of the stream, still encoded.
	 *
	 * @param payload the message
	 * @param callId the id of the call, which its receiver should answer, or 0
	 * @param tag its place in a traced conversation, if it is traced
	 * @param role its role for one-way answers
	 */
	record Delivered(Payload payload, long callId, @Nullable TraceTag tag,
			Envelope.Message.Role role) implements InboxItem {

		/**
		 * Creates the item of a message.
		 */
		static Delivered of(Envelope.Message message) {
			return new Delivered(message.payload(), message.callId(), message.headers().traceTag(), message.role());
		}

		boolean isCall() {
			return this.callId != 0;
		}

		/**
		 * Returns whether the sender keeps one-way answers.
		 */
		boolean keepsAnswers() {
			return this.role != Envelope.Message.Role.WITHOUT_ANSWERS;
		}

	}

	/**
	 * The answer to a call, still encoded.
	 *
	 * @param payload the answer, {@code null} for an acknowledgement
	 * @param followed whether messages that belong to the call may follow on the stream
	 */
	record Answered(@Nullable Payload payload, boolean followed) implements InboxItem {
	}

	/**
	 * An error of the peer.
	 *
	 * @param error the error
	 * @param isAnswer whether it answers a one-way message
	 */
	record Failed(ErrorInfo error, boolean isAnswer) implements InboxItem {

		Failed(ErrorInfo error) {
			this(error, false);
		}

	}

	/**
	 * The end of the stream or call.
	 *
	 * @param termination the cause; creates an exception with the stack trace of the
	 * receiver
	 */
	record Ended(Termination termination) implements InboxItem {
	}

	/**
	 * Returns the size of the message for credit.
	 */
	default int size() {
		Payload content = content();
		return (content != null) ? content.size() : 0;
	}

	/**
	 * Returns whether this answers a one-way message, which needs no credit.
	 */
	default boolean isOneWayAnswer() {
		return (this instanceof Delivered delivered && delivered.role == Envelope.Message.Role.ANSWER)
				|| (this instanceof Failed failed && failed.isAnswer);
	}

	/**
	 * Returns the payload of the message or answer, {@code null} if there is none.
	 */
	default @Nullable Payload content() {
		if (this instanceof Delivered delivered) {
			return delivered.payload;
		}
		return (this instanceof Answered answered) ? answered.payload : null;
	}

	private boolean isAcknowledgement() {
		return this instanceof Answered answered && answered.payload == null;
	}

	/**
	 * Checks that this is no message of another type.
	 * @throws MessageTypeMismatchException if it is
	 */
	default void check(MessageType<?> type) {
		Payload payload = content();
		if (type.javaType() == Void.class) {
			return;
		}
		if (isAcknowledgement() && type.javaType() != Object.class) {
			throw new MessageTypeMismatchException(
					"Expected message %s, but the handler returned nothing".formatted(type));
		}
		if (payload != null && memberOf(type, payload) == null) {
			throw new MessageTypeMismatchException((type.javaType() == Object.class)
					? "Received message %s, which this program does not know by its name; name its type, or register it"
						.formatted(payload.typeName())
					: "Expected message %s, but received message %s".formatted(type, payload.typeName()));
		}
	}

	/**
	 * Returns the class to decode to; for {@code Object}, the class known by the
	 * message's name.
	 */
	private static <T> @Nullable MessageType<? extends T> memberOf(MessageType<T> type, Payload payload) {
		MessageType<? extends T> member = type.memberType(payload.typeName());
		if (member != null || type.javaType() != Object.class) {
			return member;
		}
		Class<?> known = payload.knownType();
		return (known != null) ? MessageType.of(known.asSubclass(type.javaType())) : null;
	}

	/**
	 * Decodes the answer to a call.
	 * @param emptyAllowed whether an acknowledgement is allowed
	 * @return the answer, {@code null} for an acknowledgement
	 */
	default <T> @Nullable T as(MessageType<T> type, boolean emptyAllowed) {
		return (isAcknowledgement() && emptyAllowed) ? null : as(type);
	}

	/**
	 * Decodes the message.
	 * @return the message, {@code null} for an acknowledgement
	 * @throws RuntimeException if this is a message of another type, an error or an end
	 */
	default <T> @Nullable T as(MessageType<T> type) {
		check(type);
		if (this instanceof Failed failed) {
			throw new RemoteException(failed.error);
		}
		if (this instanceof Ended ended) {
			throw ended.termination.toException();
		}
		Payload payload = content();
		if (payload == null || type.javaType() == Void.class) {
			return null;
		}
		return decode(payload, type);
	}

	private <T> @Nullable T decode(Payload payload, MessageType<T> type) {
		MessageType<? extends T> member = memberOf(type, payload);
		try {
			return (member != null) ? payload.decode(member) : null;
		}
		catch (MessageCodecException ex) {
			if (!(this instanceof Answered) || ex.code() != ErrorCode.INVALID_ARGUMENT) {
				throw ex;
			}
			// The request was valid, and its handler has run.
			throw new MessageCodecException(ErrorCode.INTERNAL, Delivery.UNKNOWN,
					"The answer came, but " + ex.getMessage(), ex);
		}
	}

}
