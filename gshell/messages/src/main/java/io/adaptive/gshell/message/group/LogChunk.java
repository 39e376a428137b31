package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Message;

/**
 * A part of a log.
 *
 * @param bytes at most 32 KB; may begin and end within a line
 * @param position end of this part, in bytes since the log began, the same in each
 * process of the group
 */
@Message("gshell.group.LogChunk")
@SuppressWarnings("ArrayRecordComponent") // not compared
public record LogChunk(byte[] bytes, long position) {

}
