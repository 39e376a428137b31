package io.adaptive.internal.scope.lan;

import java.util.List;
import java.util.function.Supplier;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.beacon.Beacon;
import io.adaptive.internal.builtin.lan.LanNodeMonitor;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.transport.OwnAddresses;
import io.adaptive.message.Instance;
import io.adaptive.settings.LanSettings;
import org.jspecify.annotations.Nullable;

/**
 * Local networks of a node.
 *
 * @param beacon the discovery by datagrams
 * @param presence the monitor of the nodes in use
 */
record LanNetwork(Beacon beacon, LanNodeMonitor presence) {

	static LanNetwork of(@Nullable LanSettings settings, Instance self, List<String> advertised,
			Supplier<AdaptiveClient> client, OwnAddresses addresses) {
		Beacon beacon = new Beacon(self, settings, advertised);
		LanNodeMonitor presence = new LanNodeMonitor(beacon, client.get());
		beacon.setNodeMonitor(presence);
		beacon.setInterfaceWatch((changed) -> addresses.onChange(changed)::close);
		return new LanNetwork(beacon, presence);
	}

	/**
	 * Leaves the local networks.
	 * @param deadline the limit of the wait for that
	 */
	void close(Deadline deadline) {
		this.presence.close();
		this.beacon.close(deadline);
	}

}
