package io.adaptive.gshell.message.group;

/**
 * What the group sends on the stream of an attached job after {@link JobStarted}.
 */
public sealed interface AttachMessage permits JobOutput, JobExited {

}
