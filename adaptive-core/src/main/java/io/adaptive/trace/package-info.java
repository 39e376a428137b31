/**
 * API: message tracing. Start with {@link io.adaptive.trace.MessageTracing}: mark
 * messages of a type, send them, and read the {@link io.adaptive.trace.MessageTrace}, as
 * text, PlantUML or Mermaid.
 */
@NullMarked
package io.adaptive.trace;

import org.jspecify.annotations.NullMarked;
