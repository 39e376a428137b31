/**
 * Room {@code builtin}, WAN: the root registry, the service and a node's side of it.
 */
@NullMarked
package io.adaptive.internal.builtin.root;

import org.jspecify.annotations.NullMarked;
