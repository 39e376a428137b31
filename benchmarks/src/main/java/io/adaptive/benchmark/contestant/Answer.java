package io.adaptive.benchmark.contestant;

/**
 * The reply of Adaptive.
 *
 * @param body what was asked for
 */
public record Answer(byte[] body) {
}
