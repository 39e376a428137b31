package io.adaptive.internal.transport;

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
	 * @return the addresses, none of a machine without a card
	 */
	static Set<LocalAddress> all() {
		Set<LocalAddress> all = new HashSet<>();
		try {
			NetworkInterface.networkInterfaces().forEach((card) -> addAll(card, all));
		}
		catch (SocketException ex) {
			// The machine has no card at the moment.
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
			// It went away while it was looked at.
			return false;
		}
	}

}
