package io.adaptive.internal.transport;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;

/**
 * An address of a network interface of this machine.
 *
 * @param networkInterface the name of the interface
 * @param address the address
 * @param prefix how many bits of the address are those of its network
 * @param up whether the interface is up
 */
public record LocalAddress(String networkInterface, InetAddress address, int prefix, boolean up) {

	/**
	 * Looks which there are, on interfaces that are up or not.
	 * @return the addresses, at least one
	 * @throws UncheckedIOException if they cannot be read at the moment, such as by a
	 * program that is out of file descriptors
	 */
	static Set<LocalAddress> all() {
		Set<LocalAddress> all = new HashSet<>();
		try {
			NetworkInterface.networkInterfaces().forEach((networkInterface) -> addAll(networkInterface, all));
		}
		catch (SocketException ex) {
			throw new UncheckedIOException(ex);
		}
		if (all.isEmpty()) {
			// What the platform says where it fails.
			throw new UncheckedIOException(new SocketException("no address of any interface could be read"));
		}
		return all;
	}

	private static void addAll(NetworkInterface networkInterface, Set<LocalAddress> all) {
		boolean up = isUp(networkInterface);
		for (InterfaceAddress each : networkInterface.getInterfaceAddresses()) {
			all.add(new LocalAddress(networkInterface.getName(), each.getAddress(), each.getNetworkPrefixLength(), up));
		}
	}

	private static boolean isUp(NetworkInterface networkInterface) {
		try {
			return networkInterface.isUp();
		}
		catch (SocketException ex) {
			// It went away while it was looked at, or there is no descriptor to look
			// with.
			throw new UncheckedIOException(ex);
		}
	}

}
