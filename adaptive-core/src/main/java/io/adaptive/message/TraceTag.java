package io.adaptive.message;

/**
 * What a traced message carries.
 *
 * @param token the conversation
 * @param hop which step of it: a random number for each message that a client sends, and
 * for each that a server pushes
 */
public record TraceTag(TraceToken token, long hop) {
}
