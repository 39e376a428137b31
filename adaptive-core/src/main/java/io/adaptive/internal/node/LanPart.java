package io.adaptive.internal.node;

import java.util.List;
import java.util.function.Supplier;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.beacon.Beacon;
import io.adaptive.internal.builtin.lan.LanNodeMonitor;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.message.Instance;
import io.adaptive.settings.LanSettings;
import org.jspecify.annotations.Nullable;

/**
 * What a node has for finding others in its local networks.
 *
 * @param beacon finds them and is found
 * @param presence watches over those that matter
 */
record LanPart(Beacon beacon, LanNodeMonitor presence) {

	static LanPart of(@Nullable LanSettings settings, Instance self, List<String> advertised,
			Supplier<AdaptiveClient> client, SocketTransport sockets) {
		Beacon beacon = new Beacon(self, settings, advertised);
		LanNodeMonitor presence = new LanNodeMonitor(beacon, client.get());
		beacon.setNodeMonitor(presence);
		beacon.setInterfaceWatch((changed) -> sockets.ownAddresses().onChange(changed)::close);
		return new LanPart(beacon, presence);
	}

	/**
	 * Leaves the local networks.
	 * @param deadline until when to wait for that
	 */
	void close(Deadline deadline) {
		this.presence.close();
		this.beacon.close(deadline);
	}

}
