package io.adaptive.stream;

import io.adaptive.message.ErrorInfo;

/**
 * The first answer of its kind to a one-way message that was dropped, since the sender of
 * the message keeps none. Answers with the same message type and the same error code are
 * of one kind.
 *
 * @param messageType the name of the type of the one-way message
 * @param error the handler's failure, or why no handler saw the message; with the code
 * {@link io.adaptive.message.ErrorCode#OK} for a value that a handler returned
 */
public record DroppedAnswer(String messageType, ErrorInfo error) {
}
