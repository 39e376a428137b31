package io.adaptive.gshell.message;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Result of {@link KillGroups}.
 *
 * @param killed groups and jobs that were ended
 * @param refused a line for each group that is left as it was
 * @param missing a line for each name without a group
 */
@Message("gshell.GroupsKilled")
public record GroupsKilled(List<String> killed, List<String> refused, List<String> missing) {

}
