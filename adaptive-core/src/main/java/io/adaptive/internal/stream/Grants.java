package io.adaptive.internal.stream;

import java.util.ArrayList;
import java.util.List;

import io.adaptive.spi.Envelope;
import io.adaptive.spi.Envelope.Credit.Purpose;

/**
 * What one change of the budget tells peers. Filled with the lock of the budget, sent
 * without it.
 */
final class Grants {

	private final List<ReceiveWindow> told = new ArrayList<>(2);

	private final List<ReceiveWindow> recalled = new ArrayList<>(0);

	private final UnusedCredit unused;

	Grants(UnusedCredit unused) {
		this.unused = unused;
	}

	/**
	 * Allows a peer more; nothing if neither is positive.
	 * @param streamId the stream whose message waits, or 0
	 */
	void add(ReceiveWindow window, int streamId, long bytes, long messages, Purpose purpose) {
		if (bytes <= 0 && messages <= 0) {
			return;
		}
		window.allow(bytes, messages);
		this.unused.add(window);
		window.tellLater(new Envelope.Credit(streamId, (int) bytes, (int) messages, purpose));
		this.told.add(window);
	}

	/**
	 * Asks a peer for what it does not use.
	 * @param keptBytes what it may keep, in bytes
	 */
	void recall(ReceiveWindow window, long keptBytes) {
		window.tellLater(new Envelope.Credit(0, (int) keptBytes, 0, Purpose.RECALL));
		this.recalled.add(window);
	}

	void send() {
		this.told.forEach(ReceiveWindow::tell);
	}

	/**
	 * Returns whose peers are to be asked, once all others are told.
	 */
	List<ReceiveWindow> recalled() {
		return this.recalled;
	}

}
