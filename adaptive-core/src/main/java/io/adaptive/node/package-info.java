/**
 * {@link io.adaptive.node.AdaptiveNode}: the one place where the rooms are wired
 * together.
 */
@NullMarked
package io.adaptive.node;

import org.jspecify.annotations.NullMarked;
