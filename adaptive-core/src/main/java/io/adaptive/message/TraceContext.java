package io.adaptive.message;

import org.jspecify.annotations.Nullable;

/**
 * Where a message stands in a distributed trace, as the text of W3C Trace Context and W3C
 * Baggage. The framework carries it from a sender to a handler and never looks into it.
 *
 * @param traceparent the trace and the span that sent the message
 * @param tracestate what tracing systems add for themselves; over sockets at most 512
 * bytes, longer ones are left out
 * @param baggage what travels along the whole trace; over sockets at most 2,048 bytes,
 * longer ones are left out
 */
public record TraceContext(String traceparent, @Nullable String tracestate, @Nullable String baggage) {
}
