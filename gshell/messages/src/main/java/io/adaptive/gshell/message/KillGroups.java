package io.adaptive.gshell.message;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Ends groups with their jobs and state. Answered by {@link GroupsKilled}.
 *
 * @param patterns names with or without version, or patterns of {@code NAME-VERSION} with
 * {@code *} for any characters. With {@code force} also references of stuck jobs, whose
 * group is ended and started again without them
 * @param force whether jobs that have not exited are ended, too: politely, after 3 s by
 * force
 */
@Message("gshell.KillGroups")
public record KillGroups(List<String> patterns, boolean force) {

}
