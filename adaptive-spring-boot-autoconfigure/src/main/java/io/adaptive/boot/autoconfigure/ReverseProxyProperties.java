package io.adaptive.boot.autoconfigure;

import java.time.Duration;

import io.adaptive.settings.RelayLimits;
import io.adaptive.settings.ReverseProxySettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Operation as a reverse proxy for applications that cannot be reached directly.
 *
 * @param enabled Whether this application is a reverse proxy. By default, if it is a root
 * registry.
 * @param publicHost Host name or address at which clients reach the proxy. By default,
 * the address at which the relayed application connected to the proxy.
 * @param firstPort First public port for relayed applications. By default, any free ports
 * are used.
 * @param lastPort Last public port for relayed applications. By default, the first port.
 * @param maxProviders Maximum number of relayed applications.
 * @param maxConnections Maximum number of clients per relayed application.
 * @param bytesPerSecond Bandwidth limit per relayed application and second, both
 * directions together.
 * @param fetchTimeout Time that a client waits until the relayed application accepts its
 * connection.
 */
public record ReverseProxyProperties(@Nullable Boolean enabled, @Nullable String publicHost,
		@Nullable Integer firstPort, @Nullable Integer lastPort, @DefaultValue("64") int maxProviders,
		@DefaultValue("256") int maxConnections, @DefaultValue("125000000B") DataSize bytesPerSecond,
		@DefaultValue("5s") Duration fetchTimeout) {

	public ReverseProxyProperties {
		settings(publicHost, firstPort, lastPort, maxProviders,
				new RelayLimits(maxConnections, bytesPerSecond.toBytes(), fetchTimeout));
	}

	ReverseProxySettings settings() {
		return settings(this.publicHost, this.firstPort, this.lastPort, this.maxProviders,
				new RelayLimits(this.maxConnections, this.bytesPerSecond.toBytes(), this.fetchTimeout));
	}

	private static ReverseProxySettings settings(@Nullable String publicHost, @Nullable Integer firstPort,
			@Nullable Integer lastPort, int maxProviders, RelayLimits limits) {
		int first = (firstPort != null) ? firstPort : 0;
		int last = (lastPort != null) ? lastPort : first;
		return new ReverseProxySettings(publicHost, first, last, maxProviders, limits);
	}

}
