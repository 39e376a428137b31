package io.adaptive.internal.stream;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The operations that wait until no message waits for credit on a stream. Thread-safe;
 * its outbox orders {@link #add} and {@link #reached()} by its own lock.
 */
final class WritableWaits {

	private final int max;

	/** Guarded by this. */
	private final Set<Wait> waits = new LinkedHashSet<>();

	/** The operations whose wait is over and that have not been completed yet. */
	private final Queue<Wait> reached = new ConcurrentLinkedQueue<>();

	/**
	 * Creates an empty set.
	 * @param max maximum number of waiting operations
	 */
	WritableWaits(int max) {
		this.max = max;
	}

	/**
	 * Begins to wait.
	 * @param stream the stream, for the error
	 * @throws AdaptiveException with {@link ErrorCode#RESOURCE_EXHAUSTED} if too many
	 * wait
	 */
	synchronized Operation<@Nullable Void> add(Object stream) {
		if (this.waits.size() >= this.max) {
			throw new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED, Delivery.NOT_SENT,
					("%s callers wait until %s is writable, the limit is adaptive.link.max-pending-messages. "
							+ "Wait once, not for each message")
						.formatted(this.waits.size(), stream),
					null);
		}
		Wait wait = new Wait();
		this.waits.add(wait);
		return wait;
	}

	/**
	 * Ends all waits, since no message waits for credit. Called with the lock of the
	 * outbox.
	 */
	synchronized void reached() {
		this.reached.addAll(this.waits);
		this.waits.clear();
	}

	/**
	 * Completes the operations whose wait is over. Called without a lock.
	 */
	void complete() {
		for (Wait wait = this.reached.poll(); wait != null; wait = this.reached.poll()) {
			wait.complete(null);
		}
	}

	/**
	 * Removes the remaining operations, since the stream has ended.
	 */
	synchronized List<Operation<@Nullable Void>> end() {
		List<Operation<@Nullable Void>> left = new ArrayList<>(this.waits);
		this.waits.clear();
		return left;
	}

	private synchronized boolean remove(Wait wait) {
		return this.waits.remove(wait);
	}

	/**
	 * The wait of one caller.
	 */
	private final class Wait extends Operation<@Nullable Void> {

		@Override
		String awaited() {
			return "credit";
		}

		@Override
		boolean giveUp() {
			return remove(this);
		}

	}

}
