/**
 * Room {@code builtin}, tracing: the service {@code builtin/messageTracing}, which
 * collects what is recorded of traced messages, and how a program uses it.
 */
@NullMarked
package io.adaptive.internal.builtin.tracing;

import org.jspecify.annotations.NullMarked;
