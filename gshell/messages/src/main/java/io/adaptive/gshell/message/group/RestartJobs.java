package io.adaptive.gshell.message.group;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Stops jobs that run, and starts them. Answered by {@link JobResults}.
 *
 * @param references the jobs
 */
@Message("gshell.group.RestartJobs")
public record RestartJobs(List<String> references) {

}
