package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * Confirms the end of a lease at the request of its node.
 *
 * @param epoch the lease
 */
@Message("adaptive.root-registry.unregistered")
public record NodeUnregistered(long epoch) {
}
