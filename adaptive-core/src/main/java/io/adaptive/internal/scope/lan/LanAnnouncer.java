package io.adaptive.internal.scope.lan;

import io.adaptive.internal.beacon.Beacon;
import io.adaptive.internal.transport.TcpPort;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.spi.Announcer;
import org.jspecify.annotations.Nullable;

/**
 * Announcer of services in LAN scope, which are reached over TCP. The node's port is
 * bound when its first service is published. Without a beacon nothing is announced, so
 * that a client needs the address.
 */
final class LanAnnouncer implements Announcer {

	private static final Announcement UNTOLD = () -> {
		// Nothing to withdraw.
	};

	private final TcpPort port;

	private final @Nullable Beacon beacon;

	/**
	 * Creates the announcer of a node.
	 * @param port the port that accepts the connections
	 * @param beacon the LAN discovery, {@code null} for no announcements
	 */
	LanAnnouncer(TcpPort port, @Nullable Beacon beacon) {
		this.port = port;
		this.beacon = beacon;
	}

	@Override
	public Scope scope() {
		return Scope.LAN;
	}

	@Override
	public Announcement announce(ServiceName service) {
		this.port.open();
		return (this.beacon != null) ? this.beacon.announce(service, this.port.endpoint().orElseThrow()) : UNTOLD;
	}

}
