/**
 * API: the node, the framework's runtime in one program. Begin with
 * {@link io.adaptive.node.AdaptiveNode#builder()}: a node gives servers that publish
 * services and clients that find them, shows what it does, and ends all of it when it is
 * closed. Spring applications get theirs from the starter.
 */
@NullMarked
package io.adaptive.node;

import org.jspecify.annotations.NullMarked;
