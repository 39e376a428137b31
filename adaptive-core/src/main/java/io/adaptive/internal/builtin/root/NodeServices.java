package io.adaptive.internal.builtin.root;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Node with its matching services.
 *
 * @param provider the node's provider id
 * @param incarnation the node's incarnation
 * @param epoch the number of its lease
 * @param addresses its addresses, the best first
 * @param services its matching services, each as {@code publisher/name}
 */
@Message("adaptive.root-registry.node")
public record NodeServices(String provider, long incarnation, long epoch, List<NodeContact> addresses,
		List<String> services) {
}
