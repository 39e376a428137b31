package io.adaptive.internal.builtin.root;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Registers the node at the other end of the connection with a root registry, or updates
 * its registration after anything but its services has changed. The answer is a
 * {@link NodeRegistered}, or an error with the reason.
 *
 * @param port the node's TCP port
 * @param hosts the hosts under which it may be reached besides the address that the
 * registry sees
 * @param hostsFirst whether these are preferred to the address that the registry sees
 * @param relays ports of reverse proxies that lead to the node; their hosts are ignored.
 * With relays the port itself is not tried
 * @param services its services, each as {@code publisher/name}
 * @param token a secret of the node, by which it proves its identity, in hexadecimal
 */
@Message("adaptive.root-registry.register")
public record RegisterNode(int port, List<String> hosts, boolean hostsFirst, List<NodeContact> relays,
		List<String> services, String token) {
}
