package io.adaptive.discovery;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.registry.Announcer;
import io.adaptive.transport.TcpPort;

/**
 * LAN scope: services that are reached over TCP. Nothing is announced: a client must know
 * the address. The node's port is bound when its first service is published.
 */
public final class LanScope implements Announcer {

	private final TcpPort port;

	/**
	 * Makes the scope for a node.
	 * @param port accepts the connections
	 */
	public LanScope(TcpPort port) {
		this.port = port;
	}

	@Override
	public Scope scope() {
		return Scope.LAN;
	}

	@Override
	public Announcement announce(ServiceName service) {
		this.port.open();
		return () -> {
		};
	}

}
