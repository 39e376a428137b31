/**
 * Room {@code builtin}, WAN: the service of a root registry, and the side of the nodes
 * that use it.
 */
@NullMarked
package io.adaptive.internal.builtin.root;

import org.jspecify.annotations.NullMarked;
