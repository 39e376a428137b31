package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Message;

/**
 * Ends a job with the process of its group. For a job that is stuck: the job has then
 * ended, and the others are started again in a new process. Answered by
 * {@link JobResult}, just before the process ends.
 *
 * @param reference the job
 */
@Message("gshell.group.KillJob")
public record KillJob(String reference) {

}
