package io.adaptive.gshell.message.group;

import java.util.List;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;

/**
 * Asks for the jobs of the group. Answered by {@link JobList}.
 *
 * @param references jobs to list; empty for all
 */
@Idempotent
@Message("gshell.group.ListJobs")
public record ListJobs(List<String> references) {

}
