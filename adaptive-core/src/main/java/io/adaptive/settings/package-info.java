/**
 * API: the settings of a node, as immutable records that check their bounds. They are
 * passed to {@code AdaptiveNodeBuilder}. In a Spring application each setting has a
 * property; {@code docs/properties.md} lists them.
 */
@NullMarked
package io.adaptive.settings;

import org.jspecify.annotations.NullMarked;
