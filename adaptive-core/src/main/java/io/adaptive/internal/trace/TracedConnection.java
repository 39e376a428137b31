package io.adaptive.internal.trace;

import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;

/**
 * The connection of a traced message, seen from one end.
 *
 * @param service the service at its server's end
 * @param scope the scope of the connection
 * @param self the node at this end
 * @param peer the node at the other end
 * @param address the address of the server
 */
public record TracedConnection(ServiceName service, Scope scope, Instance self, Instance peer, String address) {
}
