package io.adaptive.benchmark.contestant;

/**
 * The reply of Adaptive.
 *
 * @param body what was asked for
 */
// Nobody compares it, and anything but an array would be copied.
@SuppressWarnings("ArrayRecordComponent")
public record Answer(byte[] body) {
}
