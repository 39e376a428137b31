package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Message;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log. A conversation on a stream of its own: the group sends {@link LogChunk},
 * and ends the stream with the log, which is at once unless it follows.
 *
 * @param reference the job; {@code null} for the log of the group
 * @param lines last lines to begin with; -1 for all that is kept
 * @param follow whether to go on with what is written later, across rotation, stop and
 * start, until the job is removed
 */
@Message("gshell.group.ReadLog")
public record ReadLog(@Nullable String reference, int lines, boolean follow) {

}
