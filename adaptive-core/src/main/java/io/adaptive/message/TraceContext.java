package io.adaptive.message;

import org.jspecify.annotations.Nullable;

/**
 * The position of a message in a distributed trace, in the text format of W3C Trace
 * Context and W3C Baggage. The framework transports it from the sender to the handler
 * without interpreting it.
 *
 * @param traceparent the ids of the trace and of the span that sent the message
 * @param tracestate the vendor-specific data of tracing systems, or {@code null}; over
 * sockets omitted if longer than 512 bytes
 * @param baggage the key-value pairs propagated along the trace, or {@code null}; over
 * sockets omitted if longer than 2,048 bytes
 */
public record TraceContext(String traceparent, @Nullable String tracestate, @Nullable String baggage) {
}
