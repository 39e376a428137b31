package io.adaptive.stream;

import io.adaptive.message.ErrorInfo;

/**
 * A report of the first dropped answer of a kind to a one-way message. Answers are
 * dropped if the sender of the message does not keep them. Answers with the same message
 * type and error code are of one kind.
 *
 * @param messageType the name of the type of the one-way message
 * @param error the failure of the handler, or the reason why no handler received the
 * message; with the code {@link io.adaptive.message.ErrorCode#OK} for a return value
 */
public record DroppedAnswer(String messageType, ErrorInfo error) {
}
