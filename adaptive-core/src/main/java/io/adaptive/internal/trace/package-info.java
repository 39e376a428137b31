/**
 * Room {@code trace}: which messages are marked, what is recorded of them and of all that
 * they cause, and how that is drawn. Uses {@code message} and {@code log}. Runs on the
 * threads that send and handle.
 */
@NullMarked
package io.adaptive.internal.trace;

import org.jspecify.annotations.NullMarked;
