package io.adaptive.internal.beacon;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Queue of outgoing datagrams. It sends a few at a time, since sockets on the path hold
 * about a hundred datagrams and drop the others.
 */
final class Outbox {

	static final int MAX_WAITING = 8_192;

	private static final int AT_ONCE = 32;

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

	private final Queue<Consumer<DatagramNetwork>> waiting = new ArrayDeque<>();

	private final DatagramNetwork datagrams;

	private final DropCounters drops;

	private long nextDue;

	Outbox(DatagramNetwork datagrams, DropCounters drops) {
		this.datagrams = datagrams;
		this.drops = drops;
	}

	void broadcast(int outlet, byte[] datagram, long now) {
		add((way) -> way.broadcast(outlet, datagram), now);
	}

	void send(byte[] datagram, InetSocketAddress to, boolean fromSharedPort, long now) {
		add((way) -> way.send(datagram, to, fromSharedPort), now);
	}

	private void add(Consumer<DatagramNetwork> outgoing, long now) {
		if (this.waiting.size() >= MAX_WAITING) {
			this.drops.count(DropReason.OUTBOX_FULL, "this node", "%s datagrams wait".formatted(MAX_WAITING), now);
			return;
		}
		this.waiting.add(outgoing);
	}

	void flush(long now) {
		if (now < this.nextDue || this.waiting.isEmpty()) {
			return;
		}
		for (int sent = 0; sent < AT_ONCE; sent++) {
			Consumer<DatagramNetwork> next = this.waiting.poll();
			if (next == null) {
				return;
			}
			next.accept(this.datagrams);
		}
		this.nextDue = now + PAUSE_NANOS;
	}

	/**
	 * Sends all queued datagrams at once, without a guarantee that they arrive.
	 */
	void flushAll() {
		this.waiting.forEach((outgoing) -> outgoing.accept(this.datagrams));
		this.waiting.clear();
	}

	long nextDue() {
		return this.waiting.isEmpty() ? Long.MAX_VALUE : this.nextDue;
	}

}
