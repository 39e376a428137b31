package io.adaptive.internal.beacon;

import java.net.InetAddress;
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
import io.adaptive.message.Scope;
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

	/** Growth of the random delay of answers with each known node. */
	private static final long JITTER_NANOS_PER_NODE = TimeUnit.MICROSECONDS.toNanos(500);

	private static final long MAX_JITTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final int JITTER_FROM_NODES = 8;

	/** Maximum number of services in a query that asks a node for a sign of life. */
	private static final int FEW = 8;

	/** Number of announcements that may be lost before the services of a node expire. */
	private static final int MISSED = 3;

	private final Instance self;

	private final DatagramNetwork datagrams;

	private final LongSupplier clock;

	private final RandomGenerator random;

	private final DatagramReader reader;

	private final DatagramWriter writer;

	private final Senders senders;

	private final Challenges challenges;

	private final DropCounters drops = new DropCounters();

	private final Outbox outbox;

	private final NodeCache cache = new NodeCache();

	private final OwnServices own;

	private final PendingQueries questions;

	private final PendingAnswers answers = new PendingAnswers();

	private final MonitoredNodes monitored;

	private final Set<ServiceName> changedOwn = new HashSet<>();

	private final long timeToLiveMillis;

	private Datagram.Node description;

	private long nextExpiry = Long.MAX_VALUE;

	LanProtocol(Instance self, LanSettings settings, DatagramNetwork datagrams, LongSupplier clock,
			RandomGenerator random, NodeMonitor monitor) {
		this.self = self;
		this.datagrams = datagrams;
		this.clock = clock;
		this.random = random;
		DatagramSigner signer = new DatagramSigner(settings.secret());
		this.reader = new DatagramReader(signer);
		this.writer = new DatagramWriter(signer, random.nextLong());
		this.senders = new Senders(!signer.isSigning());
		this.challenges = new Challenges(random, clock.getAsLong());
		this.outbox = new Outbox(datagrams, this.drops);
		this.own = new OwnServices(settings.announceInterval().toNanos(), random);
		this.questions = new PendingQueries(random);
		this.monitored = new MonitoredNodes(this.cache, monitor);
		this.timeToLiveMillis = MISSED * settings.announceInterval().toMillis()
				+ Math.min(1_000, settings.announceInterval().toMillis());
		this.description = new Datagram.Node(self, 0, List.of(), this.timeToLiveMillis);
	}

	private long now() {
		return this.clock.getAsLong();
	}

	/**
	 * Sets the endpoint of this node, before its first service is announced.
	 */
	void listensAt(Endpoint.Tcp endpoint, List<String> advertised) {
		List<String> addresses = isWildcard(endpoint.host()) ? List.of() : List.of(endpoint.host());
		List<String> told = advertised.isEmpty() ? addresses
				: advertised.stream().limit(Datagram.MAX_ADDRESSES).toList();
		this.description = new Datagram.Node(this.self, endpoint.port(), told, this.timeToLiveMillis);
	}

	private static boolean isWildcard(String host) {
		return host.equals("0.0.0.0") || host.equals("::") || host.equals("0:0:0:0:0:0:0:0");
	}

	private Datagram.Node description() {
		Datagram.Node told = this.description;
		if (!told.addresses().isEmpty()) {
			return told;
		}
		List<String> addresses = this.datagrams.addresses()
			.stream()
			.filter((address) -> !address.isLinkLocalAddress())
			.map(InetAddress::getHostAddress)
			.map((address) -> address.replaceFirst("%.*", ""))
			.distinct()
			.limit(Datagram.MAX_ADDRESSES)
			.toList();
		return new Datagram.Node(this.self, told.port(), addresses, told.timeToLiveMillis());
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
		return Stream
			.concat(this.own.matching(List.of(pattern)).stream().map(this::ownInstance),
					this.cache.find(pattern).stream())
			.toList();
	}

	private ServiceInstance ownInstance(ServiceName service) {
		Datagram.Node me = description();
		List<String> hosts = me.addresses().isEmpty() ? List.of(InetAddress.getLoopbackAddress().getHostAddress())
				: me.addresses();
		return new ServiceInstance(service, this.self, Scope.LAN,
				hosts.stream().map((host) -> (Endpoint) new Endpoint.Tcp(host, me.port())).toList());
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
			if (read.nonce() != this.writer.nonce()) {
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
			answerLater(query, source, inlet, now);
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
		if (about.equals(this.self)) {
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
		broadcast(
				new Datagram.Report(report.kind(), this.self, reached, report.services(), 0, Long.MAX_VALUE, 0, false),
				now);
	}

	private void answerLater(Datagram.Query query, InetSocketAddress source, DatagramNetwork.Inlet inlet, long now)
			throws DroppedException {
		boolean mine = !this.own.matching(query.patterns()).isEmpty();
		if (!mine && inlet == DatagramNetwork.Inlet.SHARED && !query.direct()) {
			return;
		}
		if (!this.senders.mayAnswer(source.getAddress(), 1, now)) {
			throw new DroppedException(DropReason.FLOODING, "it asks too much");
		}
		int nodes = this.cache.all().size();
		boolean alone = query.direct() || inlet == DatagramNetwork.Inlet.PRIVATE || nodes < JITTER_FROM_NODES;
		long jitter = alone ? 0 : this.random.nextLong(1 + Math.min(MAX_JITTER_NANOS, nodes * JITTER_NANOS_PER_NODE));
		this.answers.add(query, source, inlet, now + jitter);
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
		this.answers.due(now).forEach((waiting) -> answer(waiting, now));
		this.challenges.due(now).forEach((challenge) -> ask(challenge.patterns(), challenge.sender()));
		report(Kind.BYE, this.own.dueToWithdraw(now), now);
		report(Kind.ANNOUNCE, this.own.dueToAnnounce(now), now);
		List<ServicePattern> due = this.questions.due(now);
		if (!due.isEmpty()) {
			broadcast(new Datagram.Query(this.self, due, this.challenges.token(now), false), now);
			toSeeds(new Datagram.Query(this.self, due, this.challenges.token(now), true), now);
		}
		this.outbox.flush(now);
		return takeChanged();
	}

	private Set<ServiceName> takeChanged() {
		Set<ServiceName> changed = this.cache.takeChanged();
		if (this.changedOwn.isEmpty()) {
			return changed;
		}
		Set<ServiceName> all = new HashSet<>(changed);
		all.addAll(this.changedOwn);
		this.changedOwn.clear();
		return all;
	}

	private void report(Kind kind, List<ServiceName> services, long now) {
		if (!services.isEmpty()) {
			broadcast(report(kind, services, 0, false), now);
			toSeeds(report(kind, services, 0, true), now);
		}
	}

	private Datagram.Report report(Kind kind, List<ServiceName> services, long token, boolean direct) {
		return new Datagram.Report(kind, this.self, description(), services, this.own.revision(), this.own.size(),
				token, direct);
	}

	private void answer(PendingAnswers.Waiting waiting, long now) {
		List<ServiceName> mine = this.own.matching(waiting.patterns());
		if (!mine.isEmpty() || waiting.isCertain()) {
			reply(report(Kind.ANSWER, mine, waiting.token(), false), waiting, now);
		}
		if (waiting.isDirect()) {
			this.cache.all()
				.stream()
				.filter((node) -> !node.isHearsay() && !node.isHidden() && isOfThisMachine(node))
				.forEach((node) -> answerFor(node, waiting, now));
		}
	}

	private boolean isOfThisMachine(RemoteNode node) {
		InetSocketAddress source = node.lastSource();
		return source != null && this.datagrams.isOwn(source.getAddress());
	}

	private void answerFor(RemoteNode node, PendingAnswers.Waiting waiting, long now) {
		List<ServiceName> services = node.services.keySet()
			.stream()
			.filter((service) -> waiting.patterns().stream().anyMatch((pattern) -> pattern.matches(service)))
			.toList();
		if (!services.isEmpty()) {
			reply(new Datagram.Report(Kind.ANSWER, this.self, node.description(), services, 0, Long.MAX_VALUE,
					waiting.token(), false), waiting, now);
		}
	}

	private void reply(Datagram.Report report, PendingAnswers.Waiting waiting, long now) {
		for (byte[] datagram : this.writer.write(report)) {
			if (!this.senders.mayAnswer(waiting.asker().getAddress(), 1, now)) {
				this.drops.count(DropReason.FLOODING, waiting.asker(), "it asks too much", now);
				return;
			}
			this.outbox.send(datagram, waiting.asker(), waiting.isDirect(), now);
		}
	}

	private void ask(List<ServicePattern> patterns, InetSocketAddress to) {
		long now = now();
		Datagram.Query query = new Datagram.Query(this.self, patterns, this.challenges.token(now), false);
		this.writer.write(query).forEach((datagram) -> this.outbox.send(datagram, to, false, now));
	}

	/**
	 * Broadcasts a content with separate datagrams for each outlet. A node that receives
	 * two of them can learn both addresses, and takes neither for a replay.
	 */
	private void broadcast(Datagram.Content content, long now) {
		for (int outlet = 0; outlet < this.datagrams.outlets(); outlet++) {
			for (byte[] datagram : this.writer.write(content)) {
				this.outbox.broadcast(outlet, datagram, now);
			}
		}
	}

	private void toSeeds(Datagram.Content content, long now) {
		for (InetSocketAddress seed : this.datagrams.seeds()) {
			this.writer.write(content).forEach((datagram) -> this.outbox.send(datagram, seed, false, now));
		}
	}

	/**
	 * Returns the time of the next call of {@link #work}, unless something happens
	 * before.
	 */
	long nextDue() {
		long due = Math.min(this.nextExpiry, Math.min(this.answers.nextDue(), this.challenges.nextDue()));
		due = Math.min(due, Math.min(this.own.nextDue(), this.questions.nextDue()));
		return Math.min(due, this.outbox.nextDue());
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
		this.outbox.flushAll();
		this.monitored.close();
	}

	DropCounters drops() {
		return this.drops;
	}

}
