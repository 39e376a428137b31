package io.adaptive.internal.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import io.adaptive.spi.Envelope;
import io.adaptive.spi.Envelope.Credit.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * What one change of the budget tells peers. Filled with the lock of the budget, sent
 * without it.
 */
final class Grants {

	/** The windows whose peers this thread is to ask. */
	private static final ThreadLocal<@Nullable Queue<WindowAccount>> RECALLING = new ThreadLocal<>();

	private final List<WindowAccount> told = new ArrayList<>(2);

	private final List<WindowAccount> recalled = new ArrayList<>(0);

	private final UnusedCredit unused;

	Grants(UnusedCredit unused) {
		this.unused = unused;
	}

	/**
	 * Allows a peer more; nothing if neither is positive.
	 * @param streamId the stream whose message waits, or 0
	 */
	void add(WindowAccount window, int streamId, long bytes, long messages, Purpose purpose) {
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
	void recall(WindowAccount window, long keptBytes) {
		window.tellLater(new Envelope.Credit(0, (int) keptBytes, 0, Purpose.RECALL));
		this.recalled.add(window);
	}

	/**
	 * Tells the peers, and then asks those that hold what they do not use.
	 */
	void send() {
		this.told.forEach(WindowAccount::tell);
		if (!this.recalled.isEmpty()) {
			recall(this.recalled);
		}
	}

	/**
	 * Asks peers for what they do not use. Within a process a peer answers at once, on
	 * this thread, so that the next ones are asked; they are asked after it and not
	 * inside, since there may be thousands of them.
	 */
	private static void recall(List<WindowAccount> windows) {
		Queue<WindowAccount> current = RECALLING.get();
		if (current != null) {
			current.addAll(windows);
			return;
		}
		Queue<WindowAccount> queue = new ArrayDeque<>(windows);
		RECALLING.set(queue);
		try {
			for (WindowAccount next = queue.poll(); next != null; next = queue.poll()) {
				next.tell();
			}
		}
		finally {
			RECALLING.remove();
		}
	}

}
