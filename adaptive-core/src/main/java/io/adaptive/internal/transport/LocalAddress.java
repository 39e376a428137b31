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
 * @param prefix the length of the network prefix, in bits
 * @param up whether the interface is up
 */
public record LocalAddress(String networkInterface, InetAddress address, int prefix, boolean up) {

	/**
	 * Reads the current addresses, of interfaces that are up and of those that are down.
	 * @return the addresses, at least one
	 * @throws UncheckedIOException if they cannot be read at the moment, for example
	 * because the process is out of file descriptors
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
			// The result of the JDK when the system call fails.
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
			// The interface was removed in the meantime, or there is no file descriptor
			// left.
			throw new UncheckedIOException(ex);
		}
	}

}
