/**
 * Message tracing: which messages are marked, what is recorded of them and of all that
 * they cause, and how that is shown.
 */
@NullMarked
package io.adaptive.trace;

import org.jspecify.annotations.NullMarked;
