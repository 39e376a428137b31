/**
 * The root registry of WAN scope: the service, and a node's side of it.
 */
@NullMarked
package io.adaptive.builtin.root;

import org.jspecify.annotations.NullMarked;
