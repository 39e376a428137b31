package io.adaptive.internal.builtin.root;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Changes what a registered node offers, and renews its lease. The answer is a
 * {@link LeaseRenewed}.
 *
 * @param epoch the lease
 * @param added what it offers from now on, each as {@code publisher/name}
 * @param removed what it offers no more
 */
@Message("adaptive.root-registry.change")
public record ChangeServices(long epoch, List<String> added, List<String> removed) {
}
