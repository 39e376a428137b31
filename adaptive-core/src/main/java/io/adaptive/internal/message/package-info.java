/**
 * Room {@code message}: time limits, deadlines and patterns with stars, for the types of
 * {@link io.adaptive.message}. Uses no other room. Runs on the thread of its caller.
 */
@NullMarked
package io.adaptive.internal.message;

import org.jspecify.annotations.NullMarked;
