package io.adaptive.settings;

import io.adaptive.message.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * How a node is a reverse proxy. Immutable; each {@code with} method returns a changed
 * copy.
 *
 * @param publicHost where clients reach the proxy, {@code null} for the address at which
 * the node behind it has reached it
 * @param firstPort the first of the ports that are given out, 0 for any free port
 * @param lastPort the last of them
 * @param providers how many ports may be given out, as a rule one to a node
 * @param limits what may be used at each of them
 */
public record ReverseProxySettings(@Nullable String publicHost, int firstPort, int lastPort, int providers,
		RelayLimits limits) {

	/** Up to 64 ports, any that are free, with {@link RelayLimits#DEFAULT}. */
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
	 * Sets where clients reach the proxy.
	 * @param publicHost a name or an address
	 * @return the changed copy
	 */
	public ReverseProxySettings withPublicHost(String publicHost) {
		return new ReverseProxySettings(publicHost, this.firstPort, this.lastPort, this.providers, this.limits);
	}

	/**
	 * Sets which ports are given out, as a firewall may ask for.
	 * @param first the first
	 * @param last the last
	 * @return the changed copy
	 */
	public ReverseProxySettings withPorts(int first, int last) {
		return new ReverseProxySettings(this.publicHost, first, last, this.providers, this.limits);
	}

	/**
	 * Sets how many ports may be given out, as a rule one to a node.
	 * @param providers at least 1
	 * @return the changed copy
	 */
	public ReverseProxySettings withProviders(int providers) {
		return new ReverseProxySettings(this.publicHost, this.firstPort, this.lastPort, providers, this.limits);
	}

	/**
	 * Sets what may be used at each of them.
	 * @param limits the limits
	 * @return the changed copy
	 */
	public ReverseProxySettings withLimits(RelayLimits limits) {
		return new ReverseProxySettings(this.publicHost, this.firstPort, this.lastPort, this.providers, limits);
	}

	/**
	 * Tells how many ports may be given out.
	 * @return the number of ports
	 */
	public int portCount() {
		return this.lastPort - this.firstPort + 1;
	}

}
