package io.adaptive.internal.builtin.root;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Hosts under which a node advertises itself, besides the source address that a registry
 * sees.
 *
 * @param hosts names and addresses
 * @param first whether they are preferred to that address
 */
public record AdvertisedHosts(List<String> hosts, boolean first) {

	/** No advertised hosts. */
	static final AdvertisedHosts NONE = new AdvertisedHosts(List.of(), false);

	/** Maximum number of hosts that a registry accepts. */
	static final int MAX_HOSTS = 16;

	/**
	 * Copies the hosts.
	 */
	public AdvertisedHosts {
		hosts = List.copyOf(hosts);
	}

	/**
	 * Returns the configured hosts. If none are configured, returns the addresses of all
	 * network interfaces for a node that listens on a wildcard address, and none
	 * otherwise.
	 * @param configured the configured hosts, may be empty
	 * @param listening the host on which the node listens
	 * @return the hosts
	 */
	public static AdvertisedHosts of(List<String> configured, String listening) {
		if (!configured.isEmpty()) {
			return new AdvertisedHosts(configured, true);
		}
		return switch (listening) {
			case "::" -> new AdvertisedHosts(ofInterfaces((address) -> true), false);
			case "0.0.0.0" -> new AdvertisedHosts(ofInterfaces(Inet4Address.class::isInstance), false);
			default -> NONE;
		};
	}

	private static List<String> ofInterfaces(Predicate<InetAddress> wanted) {
		try {
			return NetworkInterface.networkInterfaces()
				.filter(AdvertisedHosts::isUp)
				.flatMap(NetworkInterface::inetAddresses)
				.filter((address) -> !address.isLoopbackAddress() && !address.isLinkLocalAddress()
						&& !address.isMulticastAddress() && !address.isAnyLocalAddress())
				.filter(wanted)
				.map(AdvertisedHosts::text)
				.sorted()
				.limit(MAX_HOSTS)
				.toList();
		}
		catch (SocketException ex) {
			// The source address that a registry sees is still known.
			return List.of();
		}
	}

	private static boolean isUp(NetworkInterface networkInterface) {
		try {
			return networkInterface.isUp();
		}
		catch (SocketException ex) {
			// The interface disappeared while it was read.
			return false;
		}
	}

	/**
	 * Returns the address without its zone, which is valid on this machine only.
	 */
	private static String text(InetAddress address) {
		String text = address.getHostAddress();
		int zone = text.indexOf('%');
		return (address instanceof Inet6Address && zone > 0) ? text.substring(0, zone) : text;
	}

}
