package io.adaptive.node;

import io.adaptive.message.Scope;

/**
 * {@link BadPeerTests} over TCP.
 */
class TcpBadPeerTests extends BadPeerTests {

	@Override
	Scope scope() {
		return Scope.LAN;
	}

}
