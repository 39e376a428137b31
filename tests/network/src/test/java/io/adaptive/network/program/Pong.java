package io.adaptive.network.program;

/**
 * The answer to a {@link Ping}.
 *
 * @param host who answers
 */
record Pong(String host) {
}
