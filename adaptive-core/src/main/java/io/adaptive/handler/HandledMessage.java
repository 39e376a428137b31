package io.adaptive.handler;

/**
 * A message that a service has a handler for.
 *
 * @param name the message's name on the wire
 * @param type what it is decoded to
 * @param options how it is handled
 */
public record HandledMessage(String name, Class<?> type, HandlerOptions options) {
}
