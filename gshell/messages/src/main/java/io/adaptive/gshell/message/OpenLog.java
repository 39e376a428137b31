package io.adaptive.gshell.message;

import io.adaptive.annotation.Message;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log. A conversation on a stream of its own: the daemon sends
 * {@link io.adaptive.gshell.message.group.LogChunk}, and ends the stream with the log.
 *
 * @param target {@code daemon}, a group with or without version, or a job, tried in this
 * order
 * @param group name of the group of a job; {@code null} for all groups
 * @param lines last lines to begin with; -1 for all that is kept
 * @param follow whether to go on with what is written later
 */
@Message("gshell.OpenLog")
public record OpenLog(String target, @Nullable String group, int lines, boolean follow) {

}
