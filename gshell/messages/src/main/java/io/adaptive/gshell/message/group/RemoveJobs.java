package io.adaptive.gshell.message.group;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Removes jobs that have ended, with log and state. The group ends with its last job.
 * Answered by {@link JobResults}.
 *
 * @param references the jobs
 * @param force whether jobs that run are stopped first
 */
@Message("gshell.group.RemoveJobs")
public record RemoveJobs(List<String> references, boolean force) {

}
