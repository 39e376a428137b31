package io.adaptive.gshell.message;

import io.adaptive.annotation.Message;
import io.adaptive.gshell.message.group.RunAnswer;

/**
 * What became of {@link RunApp}.
 *
 * @param group name of the group
 * @param version version of the group
 * @param answer what the group has answered
 */
@Message("gshell.RunReply")
public record RunReply(String group, String version, RunAnswer answer) {

}
