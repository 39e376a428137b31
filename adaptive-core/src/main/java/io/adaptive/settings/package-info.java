/**
 * API: what a node can be told, as immutable records with their bounds. They are given to
 * {@code AdaptiveNodeBuilder}; each has a property in a Spring application. {@code
 * docs/properties.md} has them all.
 */
@NullMarked
package io.adaptive.settings;

import org.jspecify.annotations.NullMarked;
