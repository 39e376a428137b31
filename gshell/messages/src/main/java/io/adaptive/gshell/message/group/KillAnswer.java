package io.adaptive.gshell.message.group;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Result of {@link KillGroup}.
 *
 * @param killed whether the group ends now
 * @param running ids of the jobs that have not exited, if that is why it goes on
 */
@Message("gshell.group.KillAnswer")
public record KillAnswer(boolean killed, List<String> running) {

}
