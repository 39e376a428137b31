/**
 * Room {@code message}: time limits, deadlines, patterns with stars and context class
 * loaders, for the types of {@link io.adaptive.message}. Uses no other room. Runs on the
 * thread of its caller.
 */
@NullMarked
package io.adaptive.internal.message;

import org.jspecify.annotations.NullMarked;
