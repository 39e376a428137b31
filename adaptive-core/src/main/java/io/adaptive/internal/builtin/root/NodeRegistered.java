package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * Confirms the registration of a node.
 *
 * @param epoch the number of its lease, contained in all later requests
 * @param leaseMillis the duration of the lease, in milliseconds
 * @param renewalMillis the interval of its renewals, in milliseconds
 * @param host the proven host of the node, empty for the host of the registry
 */
@Message("adaptive.root-registry.registered")
public record NodeRegistered(long epoch, long leaseMillis, long renewalMillis, String host) {
}
