/**
 * Room {@code builtin}, tracing: the service {@code builtin/messageTracing}, which
 * collects the records of traced messages, and the access of a program to it.
 */
@NullMarked
package io.adaptive.internal.builtin.tracing;

import org.jspecify.annotations.NullMarked;
