package io.adaptive.gshell.message.group;

/**
 * Message of the group on the stream of an attached job after {@link JobStarted}.
 */
public sealed interface AttachMessage permits JobOutput, JobExited {

}
