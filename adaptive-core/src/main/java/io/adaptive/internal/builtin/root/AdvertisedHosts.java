package io.adaptive.internal.builtin.root;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Under which hosts a node says that it can be reached, besides the address that others
 * see it come from.
 *
 * @param hosts names and addresses
 * @param first whether they are better than that address
 */
public record AdvertisedHosts(List<String> hosts, boolean first) {

	/** Says nothing. */
	static final AdvertisedHosts NONE = new AdvertisedHosts(List.of(), false);

	/** A registry accepts no more. */
	static final int MAX_HOSTS = 16;

	/**
	 * Copies the hosts.
	 */
	public AdvertisedHosts {
		hosts = List.copyOf(hosts);
	}

	/**
	 * Says what was configured, else where the node listens, which may be at the
	 * addresses of all network interfaces.
	 * @param configured what was configured, perhaps nothing
	 * @param listening the host at which the node listens
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
			// Then only what others see is known.
			return List.of();
		}
	}

	private static boolean isUp(NetworkInterface networkInterface) {
		try {
			return networkInterface.isUp();
		}
		catch (SocketException ex) {
			// It went away while it was looked at.
			return false;
		}
	}

	/**
	 * A zone means something on this machine only.
	 */
	private static String text(InetAddress address) {
		String text = address.getHostAddress();
		int zone = text.indexOf('%');
		return (address instanceof Inet6Address && zone > 0) ? text.substring(0, zone) : text;
	}

}
