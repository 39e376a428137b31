package io.adaptive.internal.transport;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.Limits;

/**
 * The data of a complete handshake.
 *
 * @param endpoint the endpoint of the accepting end
 * @param service the service requested by the opener
 * @param scope the scope of the link
 * @param peer the node at the other end
 * @param peerLimits the limits of the peer
 * @param opener whether this is the opener's end, which makes the calls
 */
record Handshake(Endpoint endpoint, ServiceName service, Scope scope, Instance peer, Limits peerLimits,
		boolean opener) {
}
