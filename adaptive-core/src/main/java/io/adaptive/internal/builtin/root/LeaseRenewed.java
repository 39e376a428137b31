package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * A lease is renewed.
 *
 * @param epoch the lease
 */
@Message("adaptive.root-registry.renewed")
public record LeaseRenewed(long epoch) {
}
