package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * A lease has ended at the wish of its node.
 *
 * @param epoch the lease
 */
@Message("adaptive.root-registry.unregistered")
public record NodeUnregistered(long epoch) {
}
