package io.adaptive.internal.beacon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.settings.LanSettings;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of a node. One is bound to the port that all programs of the machine share and
 * receives broadcasts. The others are private and send: one for each address of an
 * interface, and one for datagrams to a single program. Datagrams to a private socket are
 * for this node alone. For use by one thread, except for {@link #wakeup}.
 */
final class Sockets implements DatagramNetwork, AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(Sockets.class);

	private static final int RECEIVE_BUFFER = 1024 * 1024;

	/** One byte above the maximum, so that a longer datagram is recognized. */
	private static final int READ_BYTES = Datagram.MAX_BYTES + 1;

	/** Limit that keeps sending possible while others flood this node. */
	private static final int READS_AT_ONCE = 64;

	private final LanSettings settings;

	private final Selector selector;

	private final DatagramChannel single;

	private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);

	private final List<Outlet> outlets = new ArrayList<>();

	private final Seeds seeds;

	private List<LanAddress> interfaces = List.of();

	private Set<InetAddress> ownAddresses = Set.of();

	private @Nullable DatagramChannel shared;

	private final Map<Integer, MembershipKey> joined = new HashMap<>();

	private boolean bindFailed;

	private boolean incomplete;

	Sockets(LanSettings settings, Runnable seedsChanged) {
		this.settings = settings;
		try {
			this.selector = Selector.open();
			this.single = register(DatagramChannel.open(), new InetSocketAddress(0));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No socket can be had for discovery in scope LAN", ex);
		}
		this.seeds = new Seeds(settings, seedsChanged);
		followInterfaces();
	}

	private DatagramChannel register(DatagramChannel channel, InetSocketAddress address) throws IOException {
		return DatagramChannels.register(channel, address, this.selector);
	}

	/**
	 * Reads the interfaces, and opens and closes sockets accordingly.
	 * @return whether there is a new interface
	 */
	boolean followInterfaces() {
		try {
			this.interfaces = LanAddress.all();
		}
		catch (SocketException ex) {
			// The open sockets stay: the state of their interfaces is unknown.
			logger.debug("interfaces cannot be read, tried again scope=LAN", ex);
			this.incomplete = true;
			return false;
		}
		this.ownAddresses = new HashSet<>(this.interfaces.stream().map(LanAddress::address).toList());
		boolean heard = this.shared == null && bindShared();
		List<LanAddress> wanted = this.interfaces.stream()
			.filter((networkInterface) -> networkInterface.reach() != null && networkInterface.isChosen(this.settings))
			.sorted((one, other) -> Boolean.compare(one.isIpv6(), other.isIpv6()))
			.toList();
		for (Outlet outlet : List.copyOf(this.outlets)) {
			if (!wanted.contains(outlet.networkInterface)) {
				this.outlets.remove(outlet);
				leave(outlet.networkInterface);
				DatagramChannels.close(outlet.channel);
				logger.info("interface gone scope=LAN interface={}", outlet.networkInterface);
			}
		}
		boolean added = heard;
		for (LanAddress networkInterface : wanted) {
			if (this.outlets.stream().noneMatch((outlet) -> outlet.networkInterface.equals(networkInterface))) {
				added |= open(networkInterface);
			}
		}
		this.incomplete = this.shared == null || this.outlets.size() < wanted.size();
		return added;
	}

	/**
	 * Returns whether a socket could not be opened, so that another attempt is due.
	 */
	boolean isIncomplete() {
		return this.incomplete;
	}

	boolean isListening() {
		return this.shared != null;
	}

	List<String> usedInterfaces() {
		return this.outlets.stream().map((outlet) -> outlet.networkInterface.toString()).toList();
	}

	private boolean bindShared() {
		try {
			DatagramChannel channel = DatagramChannel.open();
			channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
			this.shared = register(channel, new InetSocketAddress(this.settings.port()));
			for (Outlet outlet : this.outlets) {
				join(outlet.networkInterface);
			}
			return true;
		}
		catch (IOException ex) {
			if (!this.bindFailed) {
				this.bindFailed = true;
				logger.error(
						"cannot receive broadcasts scope=LAN address=udp:*:{} reason=\"{}\""
								+ " next=\"tried again; end the program that has the port, or set another for all\"",
						this.settings.port(), ex.getMessage());
			}
			return false;
		}
	}

	private boolean open(LanAddress networkInterface) {
		try {
			DatagramChannel channel = DatagramChannel
				.open(networkInterface.isIpv6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
			channel.setOption(StandardSocketOptions.SO_BROADCAST, !networkInterface.isIpv6());
			register(channel, new InetSocketAddress(networkInterface.address(), 0));
			this.outlets.add(new Outlet(networkInterface, channel));
			join(networkInterface);
			logger.info("interface used scope=LAN interface={} address=udp:{}", networkInterface,
					networkInterface.everybody(this.settings.port()));
			return true;
		}
		catch (IOException ex) {
			// An IPv6 address takes a second to become usable; another attempt follows.
			logger.debug("interface not usable yet scope=LAN interface={} reason=\"{}\"", networkInterface,
					ex.getMessage());
			return false;
		}
	}

	private void join(LanAddress networkInterface) throws IOException {
		NetworkInterface device = NetworkInterface.getByIndex(networkInterface.index());
		if (networkInterface.isIpv6() && this.shared != null && device != null
				&& !this.joined.containsKey(networkInterface.index())) {
			this.joined.put(networkInterface.index(),
					this.shared.join(networkInterface.everybody(this.settings.port()).getAddress(), device));
		}
	}

	private void leave(LanAddress networkInterface) {
		MembershipKey membership = networkInterface.isIpv6() ? this.joined.remove(networkInterface.index()) : null;
		if (membership != null) {
			membership.drop();
		}
	}

	/**
	 * Waits until a datagram arrives, {@link #wakeup} is called or the time has passed.
	 */
	void await(long nanos) {
		try {
			long millis = TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
			if (millis <= 0) {
				this.selector.selectNow();
			}
			else {
				this.selector.select(millis);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The sockets of scope LAN cannot be watched", ex);
		}
	}

	void wakeup() {
		this.selector.wakeup();
	}

	/**
	 * Passes the received datagrams to a receiver.
	 */
	void receive(Receiver receiver) {
		for (SelectionKey key : this.selector.selectedKeys()) {
			DatagramChannel channel = (DatagramChannel) key.channel();
			Inlet inlet = channel.equals(this.shared) ? Inlet.SHARED : Inlet.PRIVATE;
			for (int read = 0; read < READS_AT_ONCE && key.isValid() && receive(channel, inlet, receiver); read++) {
				// Ends when there is no more datagram.
			}
		}
		this.selector.selectedKeys().clear();
	}

	private boolean receive(DatagramChannel channel, Inlet inlet, Receiver receiver) {
		try {
			this.buffer.clear();
			InetSocketAddress source = (InetSocketAddress) channel.receive(this.buffer);
			if (source == null) {
				return false;
			}
			receiver.receive(this.buffer.array(), this.buffer.position(), source, inlet);
			return true;
		}
		catch (IOException ex) {
			// An earlier datagram could not be delivered; there may be others.
			logger.debug("cannot receive scope=LAN reason=\"{}\"", ex.getMessage());
			return false;
		}
	}

	@Override
	public int outlets() {
		return this.outlets.size();
	}

	@Override
	public void broadcast(int outlet, byte[] datagram) {
		if (outlet < this.outlets.size()) {
			Outlet chosen = this.outlets.get(outlet);
			DatagramChannels.send(chosen.channel, datagram, chosen.networkInterface.everybody(this.settings.port()));
		}
	}

	@Override
	public void send(byte[] datagram, InetSocketAddress to, boolean fromSharedPort) {
		DatagramChannel channel = fromSharedPort ? this.shared : this.single;
		DatagramChannels.send((channel != null) ? channel : this.single, datagram, to);
	}

	@Override
	public List<InetSocketAddress> seeds() {
		return this.seeds.addresses();
	}

	@Override
	public List<InetAddress> addresses() {
		return this.interfaces.stream()
			.filter((networkInterface) -> networkInterface.isChosen(this.settings))
			.map(LanAddress::address)
			.toList();
	}

	@Override
	public boolean isOwn(InetAddress address) {
		return address.isLoopbackAddress() || this.ownAddresses.contains(address);
	}

	@Override
	public boolean isExcluded(InetAddress address) {
		return this.interfaces.stream()
			.filter((networkInterface) -> networkInterface.isNetworkOf(address))
			.max((one, other) -> Integer.compare(one.prefix(), other.prefix()))
			.filter((networkInterface) -> !networkInterface.isChosen(this.settings))
			.isPresent();
	}

	@Override
	public void close() {
		this.seeds.close();
		this.outlets.forEach((outlet) -> DatagramChannels.close(outlet.channel));
		this.outlets.clear();
		DatagramChannels.close(this.single);
		if (this.shared != null) {
			DatagramChannels.close(this.shared);
		}
		try {
			this.selector.close();
		}
		catch (IOException ex) {
			logger.debug("cannot close scope=LAN reason=\"{}\"", ex.getMessage());
		}
	}

	private record Outlet(LanAddress networkInterface, DatagramChannel channel) {
	}

	/**
	 * Receiver of datagrams.
	 */
	@FunctionalInterface
	interface Receiver {

		/**
		 * Receives a datagram.
		 * @param datagram the buffer, which is overwritten after the call
		 * @param length the length of the datagram in bytes
		 * @param source the address of the sender
		 * @param inlet the socket that received it
		 */
		void receive(byte[] datagram, int length, InetSocketAddress source, Inlet inlet);

	}

}
