/**
 * Room {@code stream}: connections, streams, calls and their answers, credit, inboxes.
 * Uses {@code transport} and {@code trace}. Runs on event loops and on the threads of
 * callers; futures are completed on callback threads.
 */
@NullMarked
package io.adaptive.internal.stream;

import org.jspecify.annotations.NullMarked;
