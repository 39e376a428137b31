package io.adaptive.handler;

/**
 * A message type for which a service has a handler.
 * 
 * @param name the name on the wire
 * @param type the class to which messages are decoded
 * @param options the options of the handler
 */
public record HandledMessage(String name, Class<?> type, HandlerOptions options) {
}
