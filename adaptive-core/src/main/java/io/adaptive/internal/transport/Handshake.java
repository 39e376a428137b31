package io.adaptive.internal.transport;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.Limits;

/**
 * What a complete handshake says of a link.
 *
 * @param endpoint where the accepting end was reached
 * @param service the service that the opener wants
 * @param scope how near the other end is
 * @param peer the node at the other end
 * @param peerLimits what the peer accepts
 * @param opener whether this is the opener's end, which makes the calls
 */
record Handshake(Endpoint endpoint, ServiceName service, Scope scope, Instance peer, Limits peerLimits,
		boolean opener) {
}
