/**
 * API: message tracing. Begin with {@link io.adaptive.trace.MessageTracing}: mark
 * messages of a type, let them travel, and read a {@link io.adaptive.trace.MessageTrace},
 * which draws itself as text, PlantUML or Mermaid.
 */
@NullMarked
package io.adaptive.trace;

import org.jspecify.annotations.NullMarked;
