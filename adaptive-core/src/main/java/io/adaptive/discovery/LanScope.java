package io.adaptive.discovery;

import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.beacon.Beacon;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.registry.Announcer;
import io.adaptive.transport.TcpPort;
import org.jspecify.annotations.Nullable;

/**
 * LAN scope: services that are reached over TCP. The node's port is bound when its first
 * service is published. Without a beacon nothing is announced, and a client must know the
 * address.
 */
public final class LanScope implements Announcer {

	private static final Announcement UNTOLD = () -> {
		// Nobody was told.
	};

	private final TcpPort port;

	private final @Nullable Beacon beacon;

	private final Runnable opened;

	private final AtomicBoolean open = new AtomicBoolean();

	/**
	 * Makes the scope for a node.
	 * @param port accepts the connections
	 * @param beacon announces services, if there is one
	 * @param opened called once, when the port is bound
	 */
	public LanScope(TcpPort port, @Nullable Beacon beacon, Runnable opened) {
		this.port = port;
		this.beacon = beacon;
		this.opened = opened;
	}

	@Override
	public Scope scope() {
		return Scope.LAN;
	}

	@Override
	public Announcement announce(ServiceName service) {
		this.port.open();
		if (this.open.compareAndSet(false, true)) {
			this.opened.run();
		}
		return (this.beacon != null) ? this.beacon.announce(service, this.port.endpoint().orElseThrow()) : UNTOLD;
	}

}
