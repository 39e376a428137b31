package io.adaptive.internal.beacon;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

import io.adaptive.internal.message.Wildcard;
import io.adaptive.settings.LanSettings;
import org.jspecify.annotations.Nullable;

/**
 * Address of a network interface.
 *
 * @param name the name of the interface
 * @param index the index of the interface
 * @param address the address
 * @param prefix the length of the network prefix in bits
 * @param loopback whether it is a loopback interface
 * @param reach the broadcast or multicast address of its network, {@code null} if there
 * is none
 */
record LanAddress(String name, int index, InetAddress address, int prefix, boolean loopback,
		@Nullable InetAddress reach) {

	/**
	 * Multicast group of IPv6: link-local, not registered, "ADPL".
	 */
	private static final byte[] GROUP = { (byte) 0xff, 0x12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x41, 0x44, 0x50, 0x4c };

	/**
	 * Broadcast address of the loopback interface. The kernel reports none, but delivers
	 * datagrams for this one to all listening programs.
	 */
	private static final byte[] LOOPBACK_BROADCAST = { 127, (byte) 255, (byte) 255, (byte) 255 };

	/**
	 * Returns the addresses of the interfaces that are up.
	 * @throws SocketException if no interface can be read at the moment, for example
	 * because the program has no free file descriptors
	 */
	static List<LanAddress> all() throws SocketException {
		List<NetworkInterface> found = NetworkInterface.networkInterfaces().toList();
		List<LanAddress> addresses = new ArrayList<>();
		int unreadable = 0;
		for (NetworkInterface each : found) {
			try {
				addAll(each, addresses);
			}
			catch (SocketException | UnknownHostException ex) {
				// The interface disappeared while it was read, or no interface can be
				// read.
				unreadable++;
			}
		}
		// Each machine has a loopback interface; the platform returns an empty list when
		// it fails.
		if (unreadable == found.size()) {
			throw new SocketException("no network interface can be read");
		}
		return addresses;
	}

	private static void addAll(NetworkInterface each, List<LanAddress> addresses)
			throws SocketException, UnknownHostException {
		if (!each.isUp()) {
			return;
		}
		for (InterfaceAddress address : each.getInterfaceAddresses()) {
			addresses.add(new LanAddress(each.getName(), each.getIndex(), address.getAddress(),
					address.getNetworkPrefixLength(), each.isLoopback(), reach(each, address)));
		}
	}

	private static @Nullable InetAddress reach(NetworkInterface networkInterface, InterfaceAddress address)
			throws SocketException, UnknownHostException {
		if (address.getAddress() instanceof Inet4Address) {
			return networkInterface.isLoopback() ? InetAddress.getByAddress(LOOPBACK_BROADCAST)
					: address.getBroadcast();
		}
		boolean usable = networkInterface.supportsMulticast() && !networkInterface.isLoopback()
				&& !networkInterface.isPointToPoint() && address.getAddress().isLinkLocalAddress();
		return usable ? Inet6Address.getByAddress(null, GROUP, networkInterface.getIndex()) : null;
	}

	boolean isIpv6() {
		return this.address instanceof Inet6Address;
	}

	/**
	 * Returns whether the settings select this interface.
	 */
	boolean isChosen(LanSettings settings) {
		boolean chosen = settings.interfaces().isEmpty() ? !this.loopback
				: settings.interfaces().stream().anyMatch(this::isCalled);
		return chosen && settings.excludedInterfaces().stream().noneMatch(this::isCalled);
	}

	private boolean isCalled(String pattern) {
		return Wildcard.matches(pattern, this.name) || Wildcard.matches(pattern, host());
	}

	/**
	 * Returns the address without the zone, which is valid on this machine only.
	 */
	String host() {
		String host = this.address.getHostAddress();
		int zone = host.indexOf('%');
		return (zone >= 0) ? host.substring(0, zone) : host;
	}

	/**
	 * Returns whether an address is in the network of this one.
	 */
	boolean isNetworkOf(InetAddress other) {
		if (this.address instanceof Inet6Address mine && other instanceof Inet6Address theirs
				&& mine.isLinkLocalAddress() && theirs.isLinkLocalAddress()) {
			return theirs.getScopeId() == this.index;
		}
		byte[] mine = this.address.getAddress();
		byte[] theirs = other.getAddress();
		if (mine.length != theirs.length) {
			return false;
		}
		for (int bit = 0; bit < this.prefix; bit++) {
			int mask = 0x80 >> (bit % 8);
			if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
				return false;
			}
		}
		return true;
	}

	InetSocketAddress everybody(int port) {
		return new InetSocketAddress(this.reach, port);
	}

	@Override
	public String toString() {
		return this.name + "/" + host();
	}

}
