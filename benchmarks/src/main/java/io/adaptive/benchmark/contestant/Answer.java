package io.adaptive.benchmark.contestant;

/**
 * The reply of Adaptive.
 *
 * @param body what was asked for
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and only an array is free
											// of copies
public record Answer(byte[] body) {
}
