package io.adaptive.message;

import org.jspecify.annotations.Nullable;

/**
 * W3C Trace Context and Baggage, as text.
 *
 * @param traceparent the position in the trace
 * @param tracestate what vendors add, if anything
 * @param baggage what the application adds, if anything
 */
public record TraceContext(String traceparent, @Nullable String tracestate, @Nullable String baggage) {
}
