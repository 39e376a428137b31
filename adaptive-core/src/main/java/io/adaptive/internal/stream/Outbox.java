package io.adaptive.internal.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.spi.Link;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing messages of a stream, in order, each sent when both its stream and its
 * connection have credit for it. If there is credit and no message waits, sending takes
 * no lock.
 */
final class Outbox implements WaitingMessage.Queue {

	private final OutboxCredit credit;

	/** The outboxes of the connection with waiting messages. */
	private final Collection<Outbox> blocked;

	private final int streamId;

	private final CreditRequester requester;

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<WaitingMessage> queue = new ArrayDeque<>(1);

	private final PendingSends pending;

	/**
	 * Number of pending reasons to look at the queue; the thread that makes it positive
	 * does so.
	 */
	private final AtomicInteger pumps = new AtomicInteger();

	private volatile boolean waiting;

	/** Created with the first caller that waits for the stream to become writable. */
	private volatile @Nullable WritableWaits writableWaits;

	/**
	 * The cost of the first waiting message. Written under the lock, before credit for it
	 * is looked for, so that a later grant sees it.
	 */
	private volatile int firstCost;

	/**
	 * Whether a message is out of the queue and not sent yet, so that none may overtake
	 * it.
	 */
	private boolean leaving;

	private @Nullable Termination ended;

	/**
	 * Creates the outbox of a stream.
	 * @param streamId distinguishes it from the others of its connection
	 * @param credit the credit of the stream and of its connection
	 * @param blocked the outboxes of the connection with waiting messages
	 * @param pending counts the messages that wait
	 * @param requests requests credit of the connection for a waiting message
	 */
	Outbox(int streamId, OutboxCredit credit, Collection<Outbox> blocked, PendingSends pending,
			CreditRequests requests) {
		this.streamId = streamId;
		this.credit = credit;
		this.blocked = blocked;
		this.pending = pending;
		this.requester = new CreditRequester(this.lock, this.queue, credit, requests);
	}

	/**
	 * Sends a one-way message, or queues it until there is credit.
	 * @return the queued message, {@code null} if it was sent
	 */
	@Nullable WaitingMessage send(Link.PreparedEnvelope prepared, int cost) {
		return send(prepared, cost, false);
	}

	/**
	 * Sends a message, or queues it until there is credit.
	 * @param call whether it is a call
	 * @return the queued message, {@code null} if it was sent
	 */
	@Nullable WaitingMessage send(Link.PreparedEnvelope prepared, int cost, boolean call) {
		if (!this.waiting && this.credit.take(cost)) {
			prepared.send();
			return null;
		}
		WaitingMessage entry = new WaitingMessage(this, prepared, cost, call);
		enqueue(entry);
		pump();
		return entry;
	}

	/**
	 * Sends an envelope that costs no credit, behind the waiting messages.
	 */
	void sendFree(Link.PreparedEnvelope prepared) {
		if (!this.waiting) {
			prepared.send();
			return;
		}
		enqueue(new WaitingMessage(this, prepared, 0, false));
		pump();
	}

	private void enqueue(WaitingMessage entry) {
		this.lock.lock();
		try {
			if (this.ended != null) {
				entry.discard();
				throw this.ended.toException();
			}
			this.pending.add(entry.cost());
			this.queue.add(entry);
			updateFirstCost();
			this.waiting = true;
			this.blocked.add(this);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Adds connection credit granted by the peer for the first message that waits here.
	 * Credit that it does not need is shared with all streams.
	 * @return whether the grant is within the protocol's limits
	 */
	boolean granted(int bytes, int messages) {
		boolean allowed;
		this.lock.lock();
		try {
			allowed = this.credit.granted(bytes, messages);
		}
		finally {
			this.lock.unlock();
		}
		pump();
		return allowed;
	}

	/**
	 * Sends the messages for which there is credit. Sends without the lock, since within
	 * a process that runs the peer's code.
	 */
	void pump() {
		if (this.pumps.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		do {
			for (WaitingMessage next = next(); next != null; next = next()) {
				resumed(next);
				next.leave();
			}
			seen = this.pumps.addAndGet(-seen);
		}
		while (seen != 0);
		WritableWaits writable = this.writableWaits;
		if (writable != null) {
			writable.complete();
		}
		// Last, since within a process the peer may grant at once, on this thread, and a
		// message with a grant has to leave then: the peer grants nothing to others until
		// it has.
		this.requester.request();
	}

	private @Nullable WaitingMessage next() {
		this.lock.lock();
		try {
			WaitingMessage first = this.queue.peek();
			updateFirstCost();
			this.leaving = first != null && this.credit.takeFor(first);
			if (first == null) {
				this.credit.share();
			}
			if (this.leaving) {
				this.queue.remove();
				return first;
			}
			updateWaiting();
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	int streamId() {
		return this.streamId;
	}

	private void updateFirstCost() {
		WaitingMessage first = this.queue.peek();
		this.firstCost = (first != null) ? first.cost() : 0;
	}

	/**
	 * Returns the cost of the first waiting message, in bytes; 0 if none waits.
	 */
	int firstCost() {
		return this.firstCost;
	}

	private void updateWaiting() {
		if (this.queue.isEmpty() && !this.leaving) {
			this.waiting = false;
			this.blocked.remove(this);
			WritableWaits writable = this.writableWaits;
			if (writable != null) {
				writable.reached();
			}
		}
	}

	@Override
	public boolean withdraw(WaitingMessage entry) {
		this.lock.lock();
		try {
			boolean withdrawn = this.queue.remove(entry);
			updateWaiting();
			if (withdrawn) {
				entry.discard();
				resumed(entry);
			}
			return withdrawn;
		}
		finally {
			this.lock.unlock();
			pump();
		}
	}

	/**
	 * Checks the limits of messages that wait for credit, for an asynchronous send or
	 * call.
	 * @throws AdaptiveException with {@link ErrorCode#RESOURCE_EXHAUSTED}
	 */
	void checkRoom(Object stream) {
		this.pending.checkRoom(stream);
	}

	/**
	 * Returns whether no message waits, approximately.
	 */
	boolean isWritable() {
		return !this.waiting;
	}

	/**
	 * Begins an operation that completes when no message waits.
	 * @param stream the stream, for the error
	 * @throws AdaptiveException with {@link ErrorCode#RESOURCE_EXHAUSTED} if too many
	 * callers wait, or if the stream has ended
	 */
	Operation<@Nullable Void> beginWritable(Object stream) {
		this.lock.lock();
		try {
			if (this.ended != null) {
				throw this.ended.toException();
			}
			if (!this.waiting) {
				return Operation.SENT;
			}
			WritableWaits waits = (this.writableWaits != null) ? this.writableWaits
					: new WritableWaits(this.pending.maxWaits());
			this.writableWaits = waits;
			return waits.add(stream);
		}
		finally {
			this.lock.unlock();
		}
	}

	int waitingMessages() {
		this.lock.lock();
		try {
			return this.queue.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the waiting time of the first message in nanoseconds, 0 if none waits.
	 */
	long waitingNanos() {
		this.lock.lock();
		try {
			WaitingMessage first = this.queue.peek();
			return (first != null) ? first.waitedNanos() : 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Fails the waiting messages; none are queued from then on.
	 */
	void end(Termination termination) {
		List<WaitingMessage> given = new ArrayList<>();
		List<Operation<@Nullable Void>> waits = List.of();
		this.lock.lock();
		try {
			if (this.ended == null) {
				this.ended = termination;
			}
			if (this.writableWaits != null) {
				waits = this.writableWaits.end();
			}
			given.addAll(this.queue);
			this.queue.clear();
			updateWaiting();
		}
		finally {
			this.lock.unlock();
		}
		for (WaitingMessage entry : given) {
			entry.discard();
			resumed(entry);
			entry.completeExceptionally(termination.toException());
		}
		waits.forEach((wait) -> wait.completeExceptionally(termination.toException()));
	}

	private void resumed(WaitingMessage entry) {
		this.pending.remove(entry.cost(), entry.waitedNanos());
	}

}
