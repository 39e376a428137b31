package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Message;
import org.jspecify.annotations.Nullable;

/**
 * The end of an attached job. The group closes the stream afterwards.
 *
 * @param status exit status, 0 to 255
 * @param error text of the exception out of {@code main}; {@code null} if there was none
 */
@Message("gshell.group.JobExited")
public record JobExited(int status, @Nullable String error) implements AttachMessage {

}
