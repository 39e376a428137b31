package io.adaptive.boot.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.adaptive.message.Endpoint;
import io.adaptive.settings.LanSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Discovery of services in local networks.
 *
 * @param port UDP port of discovery, the same for all programs of the network. Enables
 * scope lan. By default, 7201 if scope lan is set.
 * @param interfaces Names or addresses of the network interfaces to use, in which *
 * matches any characters. By default, all except the loopback.
 * @param excludedInterfaces Names or addresses of network interfaces not to use, in which
 * * matches any characters. By default, none.
 * @param seeds Hosts beyond the local networks to query by unicast, with a port if it
 * differs from the UDP port. By default, none.
 * @param secret Shared secret of all programs of the network, at least 16 bytes. It signs
 * datagrams, so that datagrams of other senders are dropped. By default, datagrams are
 * not signed.
 * @param announceInterval Interval at which published services are announced again. Other
 * programs drop them after about three intervals without an announcement.
 */
public record LanProperties(@Nullable Integer port, @Nullable List<String> interfaces,
		@Nullable List<String> excludedInterfaces, @Nullable List<String> seeds, @Nullable String secret,
		@DefaultValue("5s") Duration announceInterval) {

	public LanProperties {
		settings(port, interfaces, excludedInterfaces, seeds, secret, announceInterval);
	}

	/**
	 * Returns whether a property other than the announce interval is set.
	 */
	boolean isSet() {
		return this.port != null || this.interfaces != null || this.excludedInterfaces != null || this.seeds != null
				|| this.secret != null;
	}

	LanSettings settings() {
		return settings(this.port, this.interfaces, this.excludedInterfaces, this.seeds, this.secret,
				this.announceInterval);
	}

	private static LanSettings settings(@Nullable Integer port, @Nullable List<String> interfaces,
			@Nullable List<String> excludedInterfaces, @Nullable List<String> seeds, @Nullable String secret,
			Duration announceInterval) {
		return new LanSettings((port != null) ? port : LanSettings.DEFAULT_PORT, OptionalList.orNone(interfaces),
				OptionalList.orNone(excludedInterfaces), InvalidAddressException.parseAll("adaptive.lan.seeds",
						OptionalList.orNone(seeds), 0, Endpoint.Tcp::checkHost),
				secret, announceInterval);
	}

}
