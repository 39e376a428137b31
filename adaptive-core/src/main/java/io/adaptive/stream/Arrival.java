package io.adaptive.stream;

import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageType;
import io.adaptive.message.MessageTypeMismatchException;
import io.adaptive.message.Payload;
import io.adaptive.message.RemoteException;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who waits gets: in an inbox, or as the answer to a call.
 */
sealed interface Arrival {

	/**
	 * A message, still encoded.
	 *
	 * @param payload the message, {@code null} for an acknowledgement
	 * @param callId the call that it is and that its receiver should answer, or 0
	 */
	record Delivered(@Nullable Payload payload, long callId) implements Arrival {
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
		return (this instanceof Delivered delivered && delivered.payload != null) ? delivered.payload.size() : 0;
	}

	/**
	 * Checks that this is no message of another type.
	 * @throws MessageTypeMismatchException if it is
	 */
	default void check(MessageType<?> type) {
		if (!(this instanceof Delivered delivered)) {
			return;
		}
		Payload payload = delivered.payload;
		if (payload == null && type.javaType() != Void.class) {
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
		boolean empty = this instanceof Delivered delivered && delivered.payload == null;
		return (empty && emptyAllowed) ? null : as(type);
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
		Payload payload = ((Delivered) this).payload;
		Class<? extends T> member = (payload != null) ? type.member(payload.typeName()) : null;
		return (payload != null && member != null) ? payload.decode(member) : null;
	}

}
