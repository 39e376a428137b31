package io.adaptive.internal.stream;

import org.jspecify.annotations.Nullable;

/**
 * A call that waits for its answer; the first outcome is final.
 */
final class PendingCall extends Operation<InboxItem> {

	private static final int TURN = 256;

	private final long id;

	private final Origin origin;

	private volatile @Nullable WaitingMessage waiting;

	private volatile boolean givenUp;

	PendingCall(long id, Origin origin) {
		this.id = id;
		this.origin = origin;
	}

	long id() {
		return this.id;
	}

	Origin origin() {
		return this.origin;
	}

	@Override
	String awaited() {
		return "answer";
	}

	@Override
	boolean giveUp() {
		return this.origin.giveUp(this);
	}

	/**
	 * Yields now and then. A virtual thread keeps its carrier until it blocks; one whose
	 * calls are all answered at once, by a handler on its own thread, would never release
	 * it.
	 */
	@Override
	@SuppressWarnings("ThreadPriorityCheck")
	void doneAtOnce() {
		if (this.id % TURN == 0) {
			Thread.yield();
		}
	}

	/**
	 * Notes that the request waits for credit.
	 */
	void waitsForCredit(WaitingMessage waiting) {
		this.waiting = waiting;
		waiting.whenComplete((sent, error) -> {
			if (error != null) {
				completeExceptionally(error);
			}
		});
	}

	/**
	 * Returns whether the caller no longer waits.
	 */
	boolean isGivenUp() {
		return this.givenUp;
	}

	/**
	 * Withdraws the request, since the caller no longer waits.
	 * @return whether it had not left
	 */
	boolean withdrawRequest() {
		this.givenUp = true;
		WaitingMessage current = this.waiting;
		return current != null && current.giveUp();
	}

	/**
	 * The source of a call: a stream.
	 */
	interface Origin {

		/**
		 * Stops waiting for the answer.
		 * @return whether the call had no outcome yet
		 */
		boolean giveUp(PendingCall call);

	}

}
