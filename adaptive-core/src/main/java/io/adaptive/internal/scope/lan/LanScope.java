package io.adaptive.internal.scope.lan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.adaptive.builtin.ObservedAddress;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.builtin.lan.LanRegistry;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.scope.DiscoveryScope;
import io.adaptive.internal.transport.OwnAddresses;
import io.adaptive.internal.transport.TcpPort;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.settings.LanSettings;
import io.adaptive.spi.Announcer;
import io.adaptive.spi.Lookup;
import io.adaptive.status.LanStatus;
import org.jspecify.annotations.Nullable;

/**
 * LAN scope: services that are reached over TCP and found by datagrams. A node without
 * datagrams accepts clients that have its address.
 */
public final class LanScope implements DiscoveryScope {

	private final @Nullable LanNetwork network;

	private final @Nullable Announcer announcer;

	private final @Nullable Lookup lookup;

	private final boolean announced;

	/**
	 * Creates the scope for a node.
	 * @param membership the part that the node takes
	 * @param port the port that accepts the connections to the node's services,
	 * {@code null} if they are not published in the scope
	 * @param client supplies clients that connect to addresses
	 * @param addresses the watch of the addresses of the machine
	 */
	public LanScope(Membership membership, @Nullable TcpPort port, Supplier<AdaptiveClient> client,
			OwnAddresses addresses) {
		this.network = membership.searched
				? LanNetwork.of(membership.settings, membership.self, membership.advertise, client, addresses) : null;
		this.announced = membership.announced;
		this.announcer = (port != null)
				? new LanAnnouncer(port, (this.network != null && this.announced) ? this.network.beacon() : null)
				: null;
		this.lookup = (this.network != null) ? membership.wrap.apply(this.network.beacon()) : null;
	}

	@Override
	public Scope scope() {
		return Scope.LAN;
	}

	@Override
	public Optional<Announcer> announcer() {
		return Optional.ofNullable(this.announcer);
	}

	@Override
	public Optional<Lookup> lookup() {
		return Optional.ofNullable(this.lookup);
	}

	@Override
	public List<Service> services() {
		List<Service> services = new ArrayList<>(List.of(ObservedAddress.service()));
		if (this.network != null && this.announced) {
			services.add(0, LanRegistry.over(this.network.beacon()));
		}
		return services;
	}

	/**
	 * Joins the local networks with the default settings, if the node announces its
	 * services and has not joined yet.
	 */
	public void joinByDefault() {
		if (this.network != null && this.announced && !this.network.beacon().isJoined()) {
			this.network.beacon().join(LanSettings.DEFAULT);
		}
	}

	/**
	 * Joins the local networks. A node that has joined with other settings changes to
	 * these.
	 * @param settings the settings
	 */
	public void join(LanSettings settings) {
		if (this.network != null) {
			this.network.beacon().join(settings);
		}
	}

	/**
	 * Returns the state of the node in its local networks.
	 * @return the state, empty while it has not joined them
	 */
	public Optional<LanStatus> status() {
		return Optional.ofNullable(this.network).flatMap((each) -> each.beacon().status());
	}

	@Override
	public void close(Deadline deadline) {
		if (this.network != null) {
			this.network.close(deadline);
		}
	}

	/**
	 * Part of a node in LAN scope.
	 *
	 * @param self the node
	 * @param settings its settings, {@code null} if it joins later
	 * @param advertise the hosts under which other nodes may reach it
	 * @param announced whether its services are announced after they are published
	 * @param searched whether other nodes are found
	 * @param wrap extends the lookup
	 */
	public record Membership(Instance self, @Nullable LanSettings settings, List<String> advertise, boolean announced,
			boolean searched, UnaryOperator<Lookup> wrap) {
	}

}
