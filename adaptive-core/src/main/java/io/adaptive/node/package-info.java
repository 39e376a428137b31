/**
 * API: the node, the runtime of the framework in one program. Start with
 * {@link io.adaptive.node.AdaptiveNode#builder()}. A node creates servers that publish
 * services and clients that discover them, reports its state, and closes all of them when
 * it is closed. In a Spring application the starter creates the node.
 */
@NullMarked
package io.adaptive.node;

import org.jspecify.annotations.NullMarked;
