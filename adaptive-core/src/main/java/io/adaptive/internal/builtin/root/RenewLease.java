package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * Renews a lease. The answer is a {@link LeaseRenewed}; an unknown epoch is refused with
 * {@code NOT_FOUND}.
 *
 * @param epoch the lease
 */
@Message("adaptive.root-registry.renew")
public record RenewLease(long epoch) {
}
