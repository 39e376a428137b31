package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Message;

/**
 * Runs a job with its standard streams attached, without restarts. A conversation on a
 * stream of its own: the group sends a {@link RunAnswer}, then {@link JobOutput}, and at
 * the end {@link JobExited}; the client sends {@link JobInput} at any time. The end of
 * the stream detaches the client: the job goes on, its input ends, its output goes to its
 * log only.
 *
 * @param run the job; its restart rule is not looked at
 */
@Message("gshell.group.RunAttached")
public record RunAttached(RunJob run) {

}
