/**
 * Room {@code message}: limits of times and patterns with stars, for the types of
 * {@link io.adaptive.message}. Uses nothing. Runs on the thread of its caller.
 */
@NullMarked
package io.adaptive.internal.message;

import org.jspecify.annotations.NullMarked;
