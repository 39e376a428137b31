package io.adaptive.internal.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import io.adaptive.spi.Envelope;
import io.adaptive.spi.Envelope.Credit.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * The credit envelopes that result from one change of the budget. Filled under the lock
 * of the budget, sent without it.
 */
final class Grants {

	/** The windows whose credit this thread is to recall. */
	private static final ThreadLocal<@Nullable Queue<WindowAccount>> RECALLING = new ThreadLocal<>();

	private final List<WindowAccount> told = new ArrayList<>(2);

	private final List<WindowAccount> recalled = new ArrayList<>(0);

	private final UnusedCredit unused;

	Grants(UnusedCredit unused) {
		this.unused = unused;
	}

	/**
	 * Grants credit to a peer; does nothing if neither amount is positive.
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
	 * Recalls unused credit from a peer.
	 * @param keptBytes the bytes that the peer may keep
	 */
	void recall(WindowAccount window, long keptBytes) {
		window.tellLater(new Envelope.Credit(0, (int) keptBytes, 0, Purpose.RECALL));
		this.recalled.add(window);
	}

	/**
	 * Sends the grants, and then the recalls.
	 */
	void send() {
		this.told.forEach(WindowAccount::tell);
		if (!this.recalled.isEmpty()) {
			recall(this.recalled);
		}
	}

	/**
	 * Sends recalls. Within a process a peer answers at once, on this thread, which leads
	 * to further recalls; they are queued instead of nested, since there may be thousands
	 * of them.
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
