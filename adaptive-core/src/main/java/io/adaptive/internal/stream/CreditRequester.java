package io.adaptive.internal.stream;

import java.util.Queue;
import java.util.concurrent.locks.Lock;

import org.jspecify.annotations.Nullable;

/**
 * Requests credit of the connection for the first message of an outbox, once for each
 * message. One thread requests at a time, without the lock of the outbox, and looks again
 * afterwards.
 */
final class CreditRequester {

	private final Lock lock;

	private final Queue<WaitingMessage> queue;

	private final OutboxCredit credit;

	private final CreditRequests requests;

	/** Whether a thread is requesting credit from the peer. Guarded by the lock. */
	private boolean requesting;

	/**
	 * Creates the requester of an outbox.
	 * @param lock guards the queue and the credit
	 * @param queue the waiting messages
	 * @param credit the credit that they need
	 * @param requests takes the requests
	 */
	CreditRequester(Lock lock, Queue<WaitingMessage> queue, OutboxCredit credit, CreditRequests requests) {
		this.lock = lock;
		this.queue = queue;
		this.credit = credit;
		this.requests = requests;
	}

	/**
	 * Requests credit for the first waiting message, if the connection lacks it, and
	 * passes on what the outbox does not need.
	 */
	void request() {
		for (WaitingMessage first = next(false); first != null; first = next(true)) {
			this.requests.request(first.cost(), first.isCall(), this.credit.sent());
		}
		if (this.credit.pollShared()) {
			this.requests.shared();
		}
	}

	/**
	 * Returns the first message, if credit for it is to be requested.
	 * @param requested whether this thread has just requested credit
	 */
	private @Nullable WaitingMessage next(boolean requested) {
		this.lock.lock();
		try {
			if (this.requesting && !requested) {
				return null;
			}
			WaitingMessage first = this.queue.peek();
			this.requesting = first != null && !first.isRequested() && this.credit.streamHas(first.cost());
			if (first == null || !this.requesting) {
				return null;
			}
			first.setRequested(true);
			return first;
		}
		finally {
			this.lock.unlock();
		}
	}

}
