package io.adaptive.internal.beacon;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.adaptive.message.ServiceName;

/**
 * Answers queries of other nodes: for this node, and for the other nodes of this machine
 * if the query came to one address. An answer to a broadcast waits for a random time that
 * grows with the number of nodes. For the thread of the protocol.
 */
final class QueryHandler {

	/** Growth of the random delay of answers with each known node. */
	private static final long JITTER_NANOS_PER_NODE = TimeUnit.MICROSECONDS.toNanos(500);

	private static final long MAX_JITTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final int JITTER_FROM_NODES = 8;

	private final OwnNode node;

	private final NodeCache cache;

	private final DatagramSender sender;

	private final RandomGenerator random;

	private final PendingAnswers answers = new PendingAnswers();

	QueryHandler(OwnNode node, NodeCache cache, DatagramSender sender, RandomGenerator random) {
		this.node = node;
		this.cache = cache;
		this.sender = sender;
		this.random = random;
	}

	/**
	 * Handles a query.
	 * @throws DroppedException if its sender asks too much
	 */
	void handle(Datagram.Query query, InetSocketAddress source, DatagramNetwork.Inlet inlet, long now)
			throws DroppedException {
		boolean mine = !this.node.matching(query.patterns()).isEmpty();
		if (!mine && inlet == DatagramNetwork.Inlet.SHARED && !query.direct()) {
			return;
		}
		if (!this.sender.mayAnswer(source, now)) {
			throw new DroppedException(DropReason.FLOODING, DatagramSender.TOO_MANY_QUERIES);
		}
		int nodes = this.cache.all().size();
		boolean alone = query.direct() || inlet == DatagramNetwork.Inlet.PRIVATE || nodes < JITTER_FROM_NODES;
		long jitter = alone ? 0 : this.random.nextLong(1 + Math.min(MAX_JITTER_NANOS, nodes * JITTER_NANOS_PER_NODE));
		this.answers.add(query, source, inlet, now + jitter);
	}

	/**
	 * Sends the answers that are due.
	 */
	void work(long now) {
		this.answers.due(now).forEach((waiting) -> answer(waiting, now));
	}

	private void answer(PendingAnswers.Waiting waiting, long now) {
		List<ServiceName> mine = this.node.matching(waiting.patterns());
		if (!mine.isEmpty() || waiting.isCertain()) {
			this.sender.reply(this.node.report(Kind.ANSWER, mine, waiting.token(), false), waiting, now);
		}
		if (waiting.isDirect()) {
			this.cache.all()
				.stream()
				.filter((other) -> !other.isHearsay() && !other.isHidden() && this.node.isOfSameMachine(other))
				.forEach((other) -> answerFor(other, waiting, now));
		}
	}

	private void answerFor(RemoteNode other, PendingAnswers.Waiting waiting, long now) {
		List<ServiceName> services = other.services.keySet()
			.stream()
			.filter((service) -> waiting.patterns().stream().anyMatch((pattern) -> pattern.matches(service)))
			.toList();
		if (!services.isEmpty()) {
			this.sender.reply(this.node.relay(Kind.ANSWER, other.description(), services, waiting.token()), waiting,
					now);
		}
	}

	long nextDue() {
		return this.answers.nextDue();
	}

}
