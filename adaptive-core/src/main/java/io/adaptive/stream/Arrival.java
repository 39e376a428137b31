package io.adaptive.stream;

import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageType;
import io.adaptive.message.MessageTypeMismatchException;
import io.adaptive.message.Payload;
import io.adaptive.message.RemoteException;
import io.adaptive.message.TraceTag;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who waits gets: in an inbox, or as the answer to a call.
 */
sealed interface Arrival {

	/**
	 * A message of the stream, still encoded.
	 *
	 * @param payload the message
	 * @param callId the call that it is and that its receiver should answer, or 0
	 * @param tag its place in a traced conversation, if it is traced
	 */
	record Delivered(Payload payload, long callId, @Nullable TraceTag tag) implements Arrival {
	}

	/**
	 * The answer to a call, still encoded.
	 *
	 * @param payload the answer, {@code null} for an acknowledgement
	 * @param followed whether messages that belong to the call may follow on the stream
	 */
	record Answered(@Nullable Payload payload, boolean followed) implements Arrival {
	}

	/**
	 * The peer's error.
	 *
	 * @param error the error
	 */
	record Failed(ErrorInfo error) implements Arrival {
	}

	/**
	 * Nothing will come any more.
	 *
	 * @param ending why; makes an exception with the stack trace of who waited
	 */
	record Ended(Ending ending) implements Arrival {
	}

	/**
	 * Returns how large the message is, as far as credit is concerned.
	 */
	default int size() {
		Payload content = content();
		return (content != null) ? content.size() : 0;
	}

	/**
	 * Returns the message or the answer, {@code null} if there is none.
	 */
	private @Nullable Payload content() {
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
		if (isAcknowledgement() && type.javaType() != Void.class) {
			throw new MessageTypeMismatchException(
					"Expected message %s, but the handler returned nothing".formatted(type));
		}
		if (payload != null && type.member(payload.typeName()) == null) {
			throw new MessageTypeMismatchException(
					"Expected message %s, but received message %s".formatted(type, payload.typeName()));
		}
	}

	/**
	 * Decodes the answer to a call.
	 * @param emptyAllowed whether an acknowledgement will do
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
			throw ended.ending.toException();
		}
		Payload payload = content();
		Class<? extends T> member = (payload != null) ? type.member(payload.typeName()) : null;
		return (payload != null && member != null) ? payload.decode(member) : null;
	}

}
