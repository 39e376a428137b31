package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Message;

/**
 * A part of a log.
 *
 * @param bytes at most 32 KB; may begin and end within a line
 * @param position end of this part, in bytes from the oldest byte that is kept
 */
@Message("gshell.group.LogChunk")
@SuppressWarnings("ArrayRecordComponent") // not compared
public record LogChunk(byte[] bytes, long position) {

}
