package io.adaptive.internal.beacon;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.settings.LanSettings;

/**
 * Networks without cables and time without clocks: datagrams are lost, repeated and
 * overtake each other as the seed decides, always in the same way.
 */
final class TestNetwork {

	static final int PORT = LanSettings.DEFAULT_PORT;

	private final List<Member> members = new ArrayList<>();

	private final PriorityQueue<Delivery> deliveries = new PriorityQueue<>(
			Comparator.comparingLong(Delivery::at).thenComparingLong(Delivery::number));

	private final Random random;

	private long now;

	private long sent;

	double loss;

	double repeated;

	Duration slowest = Duration.ofMillis(1);

	/** Every datagram that was sent, for tests that record. */
	final List<Recording> recordings = new ArrayList<>();

	TestNetwork(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * Adds a node.
	 * @param address its machine; machines whose first three numbers are equal hear each
	 * other's broadcasts
	 */
	Member add(String address) {
		return add(address, (settings) -> settings, NodeMonitor.NONE);
	}

	Member add(String address, UnaryOperator<LanSettings> settings, NodeMonitor monitor) {
		Member member = new Member(address, this.members.size(), settings.apply(LanSettings.DEFAULT), monitor);
		this.members.add(member);
		return member;
	}

	long now() {
		return this.now;
	}

	/**
	 * Lets time pass.
	 */
	void pass(Duration time) {
		runUntil(this.now + time.toNanos(), () -> false);
	}

	/**
	 * Lets time pass until something is true.
	 * @return how long that took
	 */
	Duration until(BooleanSupplier condition, Duration atMost) {
		long from = this.now;
		if (!runUntil(from + atMost.toNanos(), condition)) {
			throw new AssertionError("Not within " + atMost);
		}
		return Duration.ofNanos(this.now - from);
	}

	private boolean runUntil(long end, BooleanSupplier condition) {
		while (true) {
			this.members.forEach((member) -> member.changes.addAll(member.protocol.work()));
			if (condition.getAsBoolean()) {
				return true;
			}
			long next = this.members.stream()
				.mapToLong((member) -> member.protocol.nextDue())
				.min()
				.orElse(Long.MAX_VALUE);
			Delivery delivery = this.deliveries.peek();
			next = Math.min(next, (delivery != null) ? delivery.at : Long.MAX_VALUE);
			if (next > end) {
				this.now = end;
				return false;
			}
			this.now = Math.max(this.now, next);
			while (delivery != null && delivery.at <= this.now) {
				this.deliveries.poll();
				if (this.members.contains(delivery.to)) {
					delivery.to.protocol.receive(delivery.sent.datagram, delivery.sent.datagram.length,
							delivery.sent.source, delivery.inlet);
				}
				delivery = this.deliveries.peek();
			}
		}
	}

	void deliver(Member to, byte[] datagram, InetSocketAddress source, DatagramNetwork.Inlet inlet) {
		int copies = 0;
		copies += (this.random.nextDouble() >= this.loss) ? 1 : 0;
		copies += (this.random.nextDouble() < this.repeated) ? 1 : 0;
		for (int i = 0; i < copies; i++) {
			long delay = (long) (this.random.nextDouble() * this.slowest.toNanos());
			this.deliveries
				.add(new Delivery(this.now + delay, this.sent++, to, new Recording(datagram, source), inlet));
		}
	}

	static InetAddress address(String text) {
		try {
			return InetAddress.getByName(text);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private record Delivery(long at, long number, Member to, Recording sent, DatagramNetwork.Inlet inlet) {
	}

	/**
	 * A datagram that was sent.
	 */
	static final class Recording {

		private final byte[] datagram;

		private final InetSocketAddress source;

		private Recording(byte[] datagram, InetSocketAddress source) {
			this.datagram = datagram;
			this.source = source;
		}

		byte[] datagram() {
			return this.datagram;
		}

		InetSocketAddress source() {
			return this.source;
		}

	}

	/**
	 * A node with its sockets.
	 */
	final class Member implements DatagramNetwork {

		final Instance instance;

		final LanProtocol protocol;

		final InetSocketAddress privateAddress;

		final List<ServiceName> changes = new ArrayList<>();

		private final InetAddress machine;

		private final LanSettings settings;

		int datagramsSent;

		private Member(String address, int number, LanSettings settings, NodeMonitor monitor) {
			this.machine = address(address);
			this.privateAddress = new InetSocketAddress(this.machine, 40_000 + number);
			this.instance = new Instance(new ProviderId(address), 1 + number);
			this.settings = settings;
			this.protocol = new LanProtocol(this.instance, settings, new LanProtocol.Outside(this,
					TestNetwork.this::now, new Random(TestNetwork.this.random.nextLong()), monitor));
			this.protocol.listensAt(new Endpoint.Tcp("0.0.0.0", 7_000 + number), List.of());
		}

		void announce(String... names) {
			Arrays.asList(names).forEach((name) -> this.protocol.announce(new ServiceName("example", name)));
		}

		void withdraw(String name) {
			this.protocol.withdraw(new ServiceName("example", name));
		}

		List<ServiceInstance> find(String name) {
			return this.protocol.find(new ServicePattern("example", name));
		}

		boolean knows(String name) {
			return !find(name).isEmpty();
		}

		/**
		 * Ends as when it is killed.
		 */
		void vanish() {
			TestNetwork.this.members.remove(this);
		}

		private boolean isNear(Member other) {
			byte[] mine = this.machine.getAddress();
			byte[] theirs = other.machine.getAddress();
			return mine[0] == theirs[0] && mine[1] == theirs[1] && mine[2] == theirs[2];
		}

		@Override
		public int outlets() {
			return 1;
		}

		@Override
		public void broadcast(int outlet, byte[] datagram) {
			this.datagramsSent++;
			TestNetwork.this.recordings.add(new Recording(datagram, this.privateAddress));
			TestNetwork.this.members.stream()
				.filter(this::isNear)
				.forEach((member) -> deliver(member, datagram, this.privateAddress, Inlet.SHARED));
		}

		@Override
		public void send(byte[] datagram, InetSocketAddress to, boolean fromSharedPort) {
			this.datagramsSent++;
			TestNetwork.this.recordings.add(new Recording(datagram, this.privateAddress));
			InetSocketAddress source = fromSharedPort ? new InetSocketAddress(this.machine, PORT) : this.privateAddress;
			// Of those who share the port, the system chooses one.
			TestNetwork.this.members.stream()
				.filter((member) -> (to.getPort() == PORT) ? member.machine.equals(to.getAddress())
						: member.privateAddress.equals(to))
				.reduce((one, other) -> other)
				.ifPresent((member) -> deliver(member, datagram, source,
						(to.getPort() == PORT) ? Inlet.SHARED : Inlet.PRIVATE));
		}

		@Override
		public List<InetSocketAddress> seeds() {
			return this.settings.seeds()
				.stream()
				.map((seed) -> new InetSocketAddress(address(seed.host()), PORT))
				.toList();
		}

		@Override
		public List<InetAddress> addresses() {
			return List.of(this.machine);
		}

		@Override
		public boolean isOwn(InetAddress address) {
			return address.equals(this.machine);
		}

		@Override
		public boolean isExcluded(InetAddress address) {
			return address.equals(address("10.0.66.66"));
		}

	}

}
