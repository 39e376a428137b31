package io.adaptive.benchmark.contestant;

/**
 * The request to Adaptive.
 *
 * @param replySize how many bytes are wanted
 * @param body what is sent along
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and only an array is free
											// of copies
public record Ask(int replySize, byte[] body) {
}
