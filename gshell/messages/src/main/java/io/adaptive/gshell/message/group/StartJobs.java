package io.adaptive.gshell.message.group;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Starts jobs that have ended, with the same bundle and arguments. Answered by
 * {@link JobResults}.
 *
 * @param references the jobs
 */
@Message("gshell.group.StartJobs")
public record StartJobs(List<String> references) {

}
