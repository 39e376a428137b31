package io.adaptive.gshell.message.group;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Stops jobs, and answers when they have ended or are stuck. Answered by
 * {@link JobResults}.
 *
 * @param references the jobs
 */
@Message("gshell.group.StopJobs")
public record StopJobs(List<String> references) {

}
