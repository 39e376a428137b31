package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Message;

/**
 * Ends the group with its jobs and their state. Answered by {@link KillAnswer}.
 *
 * @param force whether jobs that run are ended: politely, after 3 s with the process
 */
@Message("gshell.group.KillGroup")
public record KillGroup(boolean force) {

}
