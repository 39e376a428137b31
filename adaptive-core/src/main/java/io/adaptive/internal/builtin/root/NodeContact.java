package io.adaptive.internal.builtin.root;

import io.adaptive.annotation.Message;

/**
 * Address of a node in the messages of root registries.
 *
 * @param host a name or an address; empty for the host of the registry, under the name by
 * which the client reaches it
 * @param port the TCP port
 * @param relayProvider the provider id of the reverse proxy that owns the port, empty for
 * a port of the node itself
 * @param relayIncarnation the incarnation of that proxy
 */
@Message("adaptive.root-registry.contact")
public record NodeContact(String host, int port, String relayProvider, long relayIncarnation) {
}
