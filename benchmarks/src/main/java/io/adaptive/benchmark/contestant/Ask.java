package io.adaptive.benchmark.contestant;

/**
 * The request to Adaptive.
 *
 * @param replySize how many bytes are wanted
 * @param body what is sent along
 */
// Nobody compares it, and anything but an array would be copied.
@SuppressWarnings("ArrayRecordComponent")
public record Ask(int replySize, byte[] body) {
}
