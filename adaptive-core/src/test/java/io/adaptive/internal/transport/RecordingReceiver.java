package io.adaptive.internal.transport;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.message.ErrorInfo;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import org.awaitility.Awaitility;

/**
 * Keeps what an end of a link receives, in order.
 */
class RecordingReceiver implements Link.Receiver {

	final Queue<Envelope> envelopes = new ConcurrentLinkedQueue<>();

	final AtomicInteger count = new AtomicInteger();

	/** How much had been received or closed whenever the link was opened. */
	final List<Integer> opened = new CopyOnWriteArrayList<>();

	final List<ErrorInfo> closeCauses = new CopyOnWriteArrayList<>();

	final AtomicInteger afterClose = new AtomicInteger();

	private volatile CountDownLatch gate = new CountDownLatch(0);

	/**
	 * Blocks the thread that delivers, until the gate is opened.
	 */
	CountDownLatch shutGate() {
		this.gate = new CountDownLatch(1);
		return this.gate;
	}

	@Override
	public void opened() {
		this.opened.add(this.count.get() + this.closeCauses.size());
	}

	@Override
	public void received(Envelope envelope) {
		if (!this.closeCauses.isEmpty()) {
			this.afterClose.incrementAndGet();
		}
		try {
			if (!this.gate.await(30, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Nobody opened the gate");
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		this.envelopes.add(envelope);
		this.count.incrementAndGet();
	}

	@Override
	public void closed(ErrorInfo cause) {
		this.closeCauses.add(cause);
	}

	List<Envelope> awaitEnvelopes(int expected) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(2))
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.count.get() >= expected);
		return List.copyOf(this.envelopes);
	}

	ErrorInfo awaitClosed() {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(2))
			.atMost(Duration.ofSeconds(20))
			.until(() -> !this.closeCauses.isEmpty());
		return this.closeCauses.get(0);
	}

}
