package io.adaptive.benchmark.contestant;

/**
 * The request to Adaptive.
 *
 * @param replySize how many bytes are wanted
 * @param body what is sent along
 */
public record Ask(int replySize, byte[] body) {
}
