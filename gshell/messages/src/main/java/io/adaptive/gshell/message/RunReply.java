package io.adaptive.gshell.message;

import io.adaptive.annotation.Message;
import io.adaptive.gshell.message.group.RunAnswer;

/**
 * Result of {@link RunApp}.
 *
 * @param group the group, as {@code NAME-VERSION}
 * @param answer answer of the group
 */
@Message("gshell.RunReply")
public record RunReply(String group, RunAnswer answer) {

}
