/**
 * Room {@code log}: log lines with keys and values. Uses nothing. Runs on the thread of
 * its caller.
 */
@NullMarked
package io.adaptive.internal.log;

import org.jspecify.annotations.NullMarked;
