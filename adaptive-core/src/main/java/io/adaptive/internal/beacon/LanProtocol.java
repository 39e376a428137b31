package io.adaptive.internal.beacon;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.settings.LanSettings;

/**
 * Discovery protocol of scope LAN: processes received datagrams and sends those of this
 * node when they are due. It has no sockets and no threads. It is called by one thread at
 * a time, which has to call {@link #work} when {@link #nextDue} is reached.
 */
final class LanProtocol {

	private static final long EXPIRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	/** Maximum number of services in a query that asks a node for a sign of life. */
	private static final int FEW = 8;

	private final DatagramNetwork datagrams;

	private final LongSupplier clock;

	private final DatagramReader reader;

	private final DatagramSender outgoing;

	private final Senders senders;

	private final Challenges challenges;

	private final DropCounters drops = new DropCounters();

	private final NodeCache cache = new NodeCache();

	private final OwnServices own;

	private final OwnNode node;

	private final PendingQueries questions;

	private final QueryHandler queryHandler;

	private final MonitoredNodes monitored;

	private final Set<ServiceName> changedOwn = new HashSet<>();

	private long nextExpiry = Long.MAX_VALUE;

	LanProtocol(Instance self, LanSettings settings, Outside outside) {
		RandomGenerator random = outside.random();
		DatagramSigner signer = new DatagramSigner(settings.secret());
		this.datagrams = outside.datagrams();
		this.clock = outside.clock();
		this.reader = new DatagramReader(signer);
		this.senders = new Senders(!signer.isSigning());
		this.outgoing = new DatagramSender(this.datagrams, new DatagramWriter(signer, random.nextLong()), this.senders,
				this.drops);
		this.challenges = new Challenges(random, now());
		this.own = new OwnServices(settings.announceInterval().toNanos(), random);
		this.node = new OwnNode(self, settings, this.own, this.datagrams);
		this.queryHandler = new QueryHandler(this.node, this.cache, this.outgoing, random);
		this.questions = new PendingQueries(random);
		this.monitored = new MonitoredNodes(this.cache, outside.monitor());
	}

	private long now() {
		return this.clock.getAsLong();
	}

	/**
	 * Sets the endpoint of this node, before its first service is announced.
	 */
	void listensAt(Endpoint.Tcp endpoint, List<String> advertised) {
		this.node.listensAt(endpoint, advertised);
	}

	void announce(ServiceName service) {
		this.own.add(service, now());
		this.changedOwn.add(service);
	}

	void withdraw(ServiceName service) {
		this.own.remove(service, now());
		this.changedOwn.add(service);
	}

	Announced announced() {
		return new Announced(this.own.revision(), this.own.matching(List.of(ServicePattern.ALL)));
	}

	void ask(ServicePattern pattern) {
		this.questions.open(pattern, now());
		this.monitored.update(this.questions.patterns(), now());
	}

	void hurry(ServicePattern pattern) {
		this.questions.hurry(pattern, now());
	}

	void stopAsking(ServicePattern pattern) {
		this.questions.close(pattern);
		this.monitored.update(this.questions.patterns(), now());
	}

	/**
	 * Announces and queries everything again after a network was added: it may have nodes
	 * that are new here.
	 */
	void networkChanged() {
		this.own.restart(now());
		this.questions.hurryAll(now());
	}

	List<ServiceInstance> find(ServicePattern pattern) {
		return Stream.concat(this.node.find(pattern), this.cache.find(pattern).stream()).toList();
	}

	/**
	 * Handles a node that a client could not reach. A node that is confirmed over TCP
	 * stays visible.
	 */
	void unreachable(Instance instance) {
		RemoteNode node = this.cache.get(instance);
		if (node != null && !node.isConfirmed()) {
			hide(instance);
		}
	}

	/**
	 * Hides a node until it is heard from again, and queries it.
	 */
	private void hide(Instance instance) {
		RemoteNode node = this.cache.get(instance);
		if (node == null) {
			return;
		}
		this.cache.hide(instance, now());
		InetSocketAddress source = node.lastSource();
		if (source != null && !node.isHearsay()) {
			ask(node.services.keySet().stream().limit(FEW).map(ServicePattern::of).toList(), source);
		}
	}

	/**
	 * Handles the exact services of a monitored node.
	 */
	void confirm(Instance instance, Announced exact) {
		if (this.monitored.isFollowed(instance)) {
			this.cache.confirm(instance, exact, now());
			this.monitored.update(this.questions.patterns(), now());
		}
	}

	/**
	 * Shows a node that the monitor has reached.
	 */
	void reached(Instance instance) {
		RemoteNode node = this.cache.get(instance);
		if (node != null) {
			this.cache.show(node);
		}
	}

	/**
	 * Hides a monitored node that the monitor has lost.
	 */
	void lost(Instance instance) {
		if (this.monitored.isFollowed(instance)) {
			hide(instance);
		}
	}

	/**
	 * Processes a received datagram.
	 */
	void receive(byte[] datagram, int length, InetSocketAddress source, DatagramNetwork.Inlet inlet) {
		long now = now();
		try {
			if (!this.senders.mayReceive(source.getAddress(), now)) {
				throw new DroppedException(DropReason.FLOODING, "it sends too much");
			}
			if (inlet == DatagramNetwork.Inlet.SHARED && this.datagrams.isExcluded(source.getAddress())) {
				throw new DroppedException(DropReason.EXCLUDED_CARD, "its network is not to be used");
			}
			Datagram read = this.reader.read(datagram, length);
			if (!this.outgoing.isOwn(read)) {
				take(read, source, inlet, now);
			}
		}
		catch (DroppedException ex) {
			this.drops.count(ex.reason(), source, String.valueOf(ex.getMessage()), now);
		}
	}

	private void take(Datagram datagram, InetSocketAddress source, DatagramNetwork.Inlet inlet, long now)
			throws DroppedException {
		Senders.Sender sender = this.senders.take(datagram);
		if (datagram.content() instanceof Datagram.Query query) {
			this.queryHandler.handle(query, source, inlet, now);
			return;
		}
		Datagram.Report report = (Datagram.Report) datagram.content();
		if (!sender.isProven()) {
			if (report.kind() != Kind.ANSWER || !this.challenges.isNew(report.token(), now)) {
				this.challenges.add(datagram, report, source, now);
				throw new DroppedException(DropReason.UNPROVEN, "%s is new here".formatted(report.speaker()));
			}
			sender.prove(datagram.counter());
			this.challenges.remove(datagram.nonce());
		}
		believe(datagram, report, source, now);
	}

	private void believe(Datagram datagram, Datagram.Report report, InetSocketAddress source, long now)
			throws DroppedException {
		Instance about = report.node().instance();
		if (about.equals(this.node.self())) {
			return;
		}
		this.nextExpiry = Math.min(this.nextExpiry, now + EXPIRY_NANOS);
		if (report.isHearsay()) {
			// A relayed answer is about a node of the machine that answers, so its source
			// address leads to the node.
			this.cache.hearsay(report, (report.kind() == Kind.ANSWER) ? source : null, now);
		}
		else {
			this.cache.tell(datagram, source, now);
			if (report.direct()) {
				passOn(report, source, now);
			}
		}
		this.monitored.heard(about, this.questions.patterns());
	}

	private void passOn(Datagram.Report report, InetSocketAddress source, long now) {
		Datagram.Node told = report.node();
		List<String> addresses = Stream
			.concat(Stream.of(source.getAddress().getHostAddress()), told.addresses().stream())
			.filter((address) -> address.indexOf('%') < 0)
			.distinct()
			.limit(Datagram.MAX_ADDRESSES)
			.toList();
		Datagram.Node reached = new Datagram.Node(told.instance(), told.port(), addresses, told.timeToLiveMillis());
		this.outgoing.broadcast(this.node.relay(report.kind(), reached, report.services(), 0), now);
	}

	/**
	 * Sends and expires everything that is due.
	 * @return the services of which instances came or went since the last call
	 */
	Set<ServiceName> work() {
		long now = now();
		if (now >= this.nextExpiry) {
			this.cache.expire(now);
			this.nextExpiry = this.cache.isEmpty() ? Long.MAX_VALUE : now + EXPIRY_NANOS;
			this.monitored.update(this.questions.patterns(), now());
		}
		this.queryHandler.work(now);
		this.challenges.due(now).forEach((challenge) -> ask(challenge.patterns(), challenge.sender()));
		report(Kind.BYE, this.own.dueToWithdraw(now), now);
		report(Kind.ANNOUNCE, this.own.dueToAnnounce(now), now);
		List<ServicePattern> due = this.questions.due(now);
		if (!due.isEmpty()) {
			this.outgoing.broadcast(this.node.query(due, this.challenges.token(now), false), now);
			this.outgoing.toSeeds(this.node.query(due, this.challenges.token(now), true), now);
		}
		this.outgoing.flush(now);
		return takeChanged();
	}

	private Set<ServiceName> takeChanged() {
		Set<ServiceName> changed = new HashSet<>(this.cache.takeChanged());
		changed.addAll(this.changedOwn);
		this.changedOwn.clear();
		return changed;
	}

	private void report(Kind kind, List<ServiceName> services, long now) {
		if (!services.isEmpty()) {
			this.outgoing.broadcast(this.node.report(kind, services, 0, false), now);
			this.outgoing.toSeeds(this.node.report(kind, services, 0, true), now);
		}
	}

	private void ask(List<ServicePattern> patterns, InetSocketAddress to) {
		long now = now();
		this.outgoing.send(this.node.query(patterns, this.challenges.token(now), false), to, now);
	}

	/**
	 * Returns the time of the next call of {@link #work}, unless something happens
	 * before.
	 */
	long nextDue() {
		long due = Math.min(this.nextExpiry, Math.min(this.queryHandler.nextDue(), this.challenges.nextDue()));
		due = Math.min(due, Math.min(this.own.nextDue(), this.questions.nextDue()));
		return Math.min(due, this.outgoing.nextDue());
	}

	/**
	 * Withdraws all services. Each withdrawal is sent as often as usual, but without the
	 * pauses in between.
	 */
	void close() {
		long now = now();
		announced().services().forEach((service) -> this.own.remove(service, now));
		Map<ServiceName, Integer> left = new LinkedHashMap<>(this.own.takeWithdrawn());
		while (!left.isEmpty()) {
			report(Kind.BYE, List.copyOf(left.keySet()), now);
			left.replaceAll((service, times) -> times - 1);
			left.values().removeIf((times) -> times == 0);
		}
		this.outgoing.flushAll();
		this.monitored.close();
	}

	DropCounters drops() {
		return this.drops;
	}

	/**
	 * What the protocol needs from outside.
	 *
	 * @param datagrams the network
	 * @param clock the time in nanoseconds
	 * @param random the random numbers
	 * @param monitor the monitor of the remote nodes
	 */
	record Outside(DatagramNetwork datagrams, LongSupplier clock, RandomGenerator random, NodeMonitor monitor) {

	}

}
