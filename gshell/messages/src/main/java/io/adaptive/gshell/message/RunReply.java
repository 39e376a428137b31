package io.adaptive.gshell.message;

import io.adaptive.annotation.Message;
import io.adaptive.gshell.message.group.RunAnswer;

/**
 * What became of {@link RunApp}.
 *
 * @param group the group, as {@code NAME-VERSION}
 * @param answer what the group has answered
 */
@Message("gshell.RunReply")
public record RunReply(String group, RunAnswer answer) {

}
