package io.adaptive.internal.builtin.root;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Changes the services of a registered node, and renews its lease. The answer is a
 * {@link LeaseRenewed}.
 *
 * @param epoch the lease
 * @param added the added services, each as {@code publisher/name}
 * @param removed the removed services
 */
@Message("adaptive.root-registry.change")
public record ChangeServices(long epoch, List<String> added, List<String> removed) {
}
