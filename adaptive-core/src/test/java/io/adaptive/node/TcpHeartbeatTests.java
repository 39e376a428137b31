package io.adaptive.node;

import io.adaptive.message.Scope;

/**
 * {@link HeartbeatTests} over TCP.
 */
class TcpHeartbeatTests extends HeartbeatTests {

	@Override
	Scope scope() {
		return Scope.LAN;
	}

}
