package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * Ends a lease. The answer is a {@link NodeUnregistered}.
 *
 * @param epoch the lease
 */
@Message("adaptive.root-registry.unregister")
public record UnregisterNode(long epoch) {
}
