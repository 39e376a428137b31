package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * Confirms the renewal of a lease.
 *
 * @param epoch the lease
 */
@Message("adaptive.root-registry.renewed")
public record LeaseRenewed(long epoch) {
}
