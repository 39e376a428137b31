package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Message;
import org.jspecify.annotations.Nullable;

/**
 * Follows a log from where a process of the group that has died had sent it to. The
 * answers are those to {@link ReadLog}.
 *
 * @param reference the job; {@code null} for the log of the group
 * @param position position of the last {@link LogChunk}
 */
@Message("gshell.group.ResumeLog")
public record ResumeLog(@Nullable String reference, long position) {

}
