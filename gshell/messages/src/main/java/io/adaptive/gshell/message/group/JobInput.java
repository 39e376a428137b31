package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Message;

/**
 * Input for an attached job.
 *
 * @param bytes none for the end of the input
 */
@Message("gshell.group.JobInput")
@SuppressWarnings("ArrayRecordComponent") // not compared
public record JobInput(byte[] bytes) {

}
