package io.adaptive.internal.builtin.root;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * A node with services that were looked for.
 *
 * @param provider the node's provider id
 * @param incarnation the node's incarnation
 * @param epoch the number of its lease
 * @param addresses where it may be reached, the best first
 * @param services which of the services it offers, each as {@code publisher/name}
 */
@Message("adaptive.root-registry.node")
public record NodeServices(String provider, long incarnation, long epoch, List<NodeContact> addresses,
		List<String> services) {
}
