package io.adaptive.internal.beacon;

import java.net.InetSocketAddress;

/**
 * Sends contents: encodes each into datagrams of its own for each receiver, and hands
 * them to the outbox. For the thread of the protocol.
 */
final class DatagramSender {

	static final String TOO_MANY_QUERIES = "it asks too much";

	private final DatagramNetwork datagrams;

	private final DatagramWriter writer;

	private final Outbox outbox;

	private final Senders senders;

	private final DropCounters drops;

	DatagramSender(DatagramNetwork datagrams, DatagramWriter writer, Senders senders, DropCounters drops) {
		this.datagrams = datagrams;
		this.writer = writer;
		this.outbox = new Outbox(datagrams, drops);
		this.senders = senders;
		this.drops = drops;
	}

	/**
	 * Tells whether a datagram was sent by this node itself.
	 */
	boolean isOwn(Datagram datagram) {
		return datagram.nonce() == this.writer.nonce();
	}

	/**
	 * Sends a content to one node.
	 */
	void send(Datagram.Content content, InetSocketAddress to, long now) {
		this.writer.write(content).forEach((datagram) -> this.outbox.send(datagram, to, false, now));
	}

	/**
	 * Broadcasts a content with separate datagrams for each outlet. A node that receives
	 * two of them can learn both addresses, and takes neither for a replay.
	 */
	void broadcast(Datagram.Content content, long now) {
		for (int outlet = 0; outlet < this.datagrams.outlets(); outlet++) {
			for (byte[] datagram : this.writer.write(content)) {
				this.outbox.broadcast(outlet, datagram, now);
			}
		}
	}

	/**
	 * Sends a content to the nodes that are known by address.
	 */
	void toSeeds(Datagram.Content content, long now) {
		this.datagrams.seeds().forEach((seed) -> send(content, seed, now));
	}

	/**
	 * Tells whether a node may be answered once more, and counts it.
	 */
	boolean mayAnswer(InetSocketAddress asker, long now) {
		return this.senders.mayAnswer(asker.getAddress(), 1, now);
	}

	/**
	 * Answers a query, within the rate that its sender may cause.
	 */
	void reply(Datagram.Report report, PendingAnswers.Waiting waiting, long now) {
		for (byte[] datagram : this.writer.write(report)) {
			if (!mayAnswer(waiting.asker(), now)) {
				this.drops.count(DropReason.FLOODING, waiting.asker(), TOO_MANY_QUERIES, now);
				return;
			}
			this.outbox.send(datagram, waiting.asker(), waiting.isDirect(), now);
		}
	}

	void flush(long now) {
		this.outbox.flush(now);
	}

	void flushAll() {
		this.outbox.flushAll();
	}

	long nextDue() {
		return this.outbox.nextDue();
	}

}
