package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * A node is registered.
 *
 * @param epoch the number of its lease, to be named in all that follows
 * @param leaseMillis how long the lease is
 * @param renewalMillis how often it is to be renewed
 * @param host the address at which the registry sees the node
 */
@Message("adaptive.root-registry.registered")
public record NodeRegistered(long epoch, long leaseMillis, long renewalMillis, String host) {
}
