package io.adaptive.internal.transport;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;

/**
 * An address of a network card of this machine.
 *
 * @param card the name of the card
 * @param address the address
 * @param prefix how many bits of the address are those of its network
 * @param up whether the card is up
 */
public record LocalAddress(String card, InetAddress address, int prefix, boolean up) {

	/**
	 * Looks which there are, on cards that are up or not.
	 * @return the addresses, at least one
	 * @throws UncheckedIOException if they cannot be read at the moment, such as by a
	 * program that is out of file descriptors
	 */
	static Set<LocalAddress> all() {
		Set<LocalAddress> all = new HashSet<>();
		try {
			NetworkInterface.networkInterfaces().forEach((card) -> addAll(card, all));
		}
		catch (SocketException ex) {
			throw new UncheckedIOException(ex);
		}
		if (all.isEmpty()) {
			// What the platform says where it fails.
			throw new UncheckedIOException(new SocketException("no address of any card could be read"));
		}
		return all;
	}

	private static void addAll(NetworkInterface card, Set<LocalAddress> all) {
		boolean up = isUp(card);
		for (InterfaceAddress each : card.getInterfaceAddresses()) {
			all.add(new LocalAddress(card.getName(), each.getAddress(), each.getNetworkPrefixLength(), up));
		}
	}

	private static boolean isUp(NetworkInterface card) {
		try {
			return card.isUp();
		}
		catch (SocketException ex) {
			// It went away while it was looked at, or there is no descriptor to look
			// with.
			throw new UncheckedIOException(ex);
		}
	}

}
