package io.adaptive.settings;

import io.adaptive.message.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a node as a reverse proxy. Immutable; each {@code with} method returns
 * a changed copy.
 *
 * @param publicHost the host at which clients reach the proxy, {@code null} for the
 * address at which the relayed node connected to the proxy
 * @param firstPort the first public port, 0 for any free port
 * @param lastPort the last public port
 * @param providers the maximum number of public ports in use, usually one per relayed
 * node
 * @param limits the limits per public port
 */
public record ReverseProxySettings(@Nullable String publicHost, int firstPort, int lastPort, int providers,
		RelayLimits limits) {

	/** The default: up to 64 ports, any free ones, with {@link RelayLimits#DEFAULT}. */
	public static final ReverseProxySettings DEFAULT = new ReverseProxySettings(null, 0, 0, 64, RelayLimits.DEFAULT);

	/**
	 * Checks host and numbers.
	 * @throws IllegalArgumentException if the host is neither a name nor an address, or a
	 * number is out of range
	 */
	public ReverseProxySettings {
		if (publicHost != null) {
			publicHost = new Endpoint.Tcp(publicHost, 0).host();
		}
		boolean anyPort = firstPort == 0 && lastPort == 0;
		if (!anyPort && (firstPort < 1 || lastPort < firstPort || lastPort > Endpoint.Tcp.MAX_PORT)) {
			throw new IllegalArgumentException("The ports of a reverse proxy are 1 to %s in order, or 0, not %s to %s"
				.formatted(Endpoint.Tcp.MAX_PORT, firstPort, lastPort));
		}
		if (providers < 1) {
			throw new IllegalArgumentException("A reverse proxy is for at least 1 node, not " + providers);
		}
	}

	/**
	 * Returns a copy with another public host.
	 * @param publicHost a host name or an IP address
	 * @return the changed copy
	 */
	public ReverseProxySettings withPublicHost(String publicHost) {
		return new ReverseProxySettings(publicHost, this.firstPort, this.lastPort, this.providers, this.limits);
	}

	/**
	 * Returns a copy with another range of public ports, such as one that a firewall
	 * admits.
	 * @param first the first port
	 * @param last the last port
	 * @return the changed copy
	 */
	public ReverseProxySettings withPorts(int first, int last) {
		return new ReverseProxySettings(this.publicHost, first, last, this.providers, this.limits);
	}

	/**
	 * Returns a copy with another maximum number of public ports.
	 * @param providers the maximum number, at least 1
	 * @return the changed copy
	 */
	public ReverseProxySettings withProviders(int providers) {
		return new ReverseProxySettings(this.publicHost, this.firstPort, this.lastPort, providers, this.limits);
	}

	/**
	 * Returns a copy with other limits per public port.
	 * @param limits the limits
	 * @return the changed copy
	 */
	public ReverseProxySettings withLimits(RelayLimits limits) {
		return new ReverseProxySettings(this.publicHost, this.firstPort, this.lastPort, this.providers, limits);
	}

	/**
	 * Returns the number of public ports that can be in use.
	 * @return the number of ports
	 */
	public int portCount() {
		return this.lastPort - this.firstPort + 1;
	}

}
