package io.adaptive.internal.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.spi.Link;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a stream that leave, in order, each when both its stream and its
 * connection have credit for it. With credit at hand and nobody waiting, sending takes no
 * lock.
 */
final class Outbox {

	private final CreditCounter streamCredit;

	private final SendCredit connectionCredit;

	/** The outboxes of the connection in which something waits. */
	private final Collection<Outbox> blocked;

	private final int streamId;

	private final CreditRequests requests;

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<Waiting> queue = new ArrayDeque<>(1);

	private final PendingSends pending;

	/**
	 * Counts the reasons to look at the queue; who makes it positive does the looking.
	 */
	private final AtomicInteger pumps = new AtomicInteger();

	/** How many messages have left or will leave at once, which have their credit. */
	private final AtomicInteger sent = new AtomicInteger();

	private volatile boolean waiting;

	/** Made with the first caller that waits until nothing waits. */
	private volatile @Nullable WritableWaits writableWaits;

	/**
	 * What the first message that waits costs. Written with the lock, before credit for
	 * it is looked for: a grant that comes later finds it.
	 */
	private volatile int firstCost;

	/**
	 * Whether a message is out of the queue and not sent yet, so that none may overtake
	 * it.
	 */
	private boolean leaving;

	private @Nullable Termination ended;

	/**
	 * What the peer has granted for the first message that waits. Guarded by the lock.
	 */
	private int grantedBytes;

	private int grantedMessages;

	/** Whether a thread tells the peer that a message waits. Guarded by the lock. */
	private boolean requesting;

	/** A part of a grant was left for all streams, which have not been told. */
	private volatile boolean shared;

	/**
	 * Makes the outbox of a stream.
	 * @param streamId tells it from the others of its connection
	 * @param pending counts the messages that wait
	 * @param requests tells the peer that a message waits for credit of the connection
	 */
	Outbox(int streamId, CreditCounter streamCredit, SendCredit connectionCredit, Collection<Outbox> blocked,
			PendingSends pending, CreditRequests requests) {
		this.streamId = streamId;
		this.requests = requests;
		this.streamCredit = streamCredit;
		this.connectionCredit = connectionCredit;
		this.blocked = blocked;
		this.pending = pending;
	}

	/**
	 * Sends a one-way message, or queues it until there is credit.
	 * @return what waits, {@code null} if it was sent
	 */
	@Nullable Waiting send(Link.PreparedEnvelope prepared, int cost) {
		return send(prepared, cost, false);
	}

	/**
	 * Sends a message, or queues it until there is credit.
	 * @param call whether it is a call
	 * @return what waits, {@code null} if it was sent
	 */
	@Nullable Waiting send(Link.PreparedEnvelope prepared, int cost, boolean call) {
		if (!this.waiting && take(cost)) {
			prepared.send();
			return null;
		}
		Waiting entry = new Waiting(prepared, cost, call);
		enqueue(entry);
		pump();
		return entry;
	}

	/**
	 * Sends what costs no credit, behind what waits.
	 */
	void sendFree(Link.PreparedEnvelope prepared) {
		if (!this.waiting) {
			prepared.send();
			return;
		}
		enqueue(new Waiting(prepared, 0, false));
		pump();
	}

	private void enqueue(Waiting entry) {
		this.lock.lock();
		try {
			if (this.ended != null) {
				entry.prepared.discard();
				throw this.ended.toException();
			}
			this.pending.add(entry.cost);
			this.queue.add(entry);
			updateFirstCost();
			this.waiting = true;
			this.blocked.add(this);
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean take(int cost) {
		if (!this.streamCredit.tryTake(cost)) {
			return false;
		}
		if (!this.connectionCredit.tryTake(cost)) {
			this.streamCredit.grant(cost);
			return false;
		}
		this.sent.incrementAndGet();
		return true;
	}

	/**
	 * Takes what the peer grants the connection for the first message that waits here.
	 * What that does not need is for all streams.
	 * @return whether it may grant that much
	 */
	boolean granted(int bytes, int messages) {
		boolean allowed;
		this.lock.lock();
		try {
			allowed = this.connectionCredit.mayGrant((long) this.grantedBytes + bytes,
					(long) this.grantedMessages + messages);
			if (allowed) {
				this.grantedBytes += bytes;
				this.grantedMessages += messages;
			}
		}
		finally {
			this.lock.unlock();
		}
		pump();
		return allowed;
	}

	/**
	 * Takes credit for the first message, that first which was granted for it.
	 */
	private boolean takeFor(Waiting first) {
		if (first.cost == 0) {
			return true;
		}
		if (this.grantedMessages == 0 && this.grantedBytes == 0) {
			return take(first.cost);
		}
		first.requested = false;
		boolean taken = takeGranted(first.cost, this.grantedBytes, this.grantedMessages);
		shareGranted(taken ? first.cost : 0, taken ? 1 : 0);
		return taken || take(first.cost);
	}

	/**
	 * Lets all streams have what is left of a grant.
	 */
	private void shareGranted(int usedBytes, int usedMessages) {
		int bytes = Math.max(0, this.grantedBytes - usedBytes);
		int messages = Math.max(0, this.grantedMessages - usedMessages);
		if (bytes > 0 || messages > 0) {
			this.connectionCredit.grant(bytes, messages);
			this.shared = true;
		}
		this.grantedBytes = 0;
		this.grantedMessages = 0;
	}

	private boolean takeGranted(int cost, int bytes, int messages) {
		if (!this.streamCredit.tryTake(cost)) {
			return false;
		}
		if (!this.connectionCredit.tryTake(Math.max(0, cost - bytes), Math.max(0, 1 - messages))) {
			this.streamCredit.grant(cost);
			return false;
		}
		this.sent.incrementAndGet();
		return true;
	}

	/**
	 * Sends what there is credit for. Sends outside of the lock, since within a process
	 * that runs the peer's code.
	 */
	void pump() {
		if (this.pumps.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		do {
			for (Waiting next = next(); next != null; next = next()) {
				next.leave();
			}
			seen = this.pumps.addAndGet(-seen);
		}
		while (seen != 0);
		WritableWaits writable = this.writableWaits;
		if (writable != null) {
			writable.complete();
		}
		// Within a process the peer may answer at once, on this thread, and what it
		// grants
		// is to leave then: the peer grants others nothing while it waits for that.
		request();
		if (this.shared) {
			this.shared = false;
			this.requests.shared();
		}
	}

	private @Nullable Waiting next() {
		this.lock.lock();
		try {
			Waiting first = this.queue.peek();
			updateFirstCost();
			this.leaving = first != null && takeFor(first);
			if (first == null) {
				shareGranted(0, 0);
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

	/**
	 * Tells the peer once that the first message waits, if it is the connection that has
	 * too little. One thread tells at a time, and looks again afterwards.
	 */
	private void request() {
		for (Waiting first = toRequest(false); first != null; first = toRequest(true)) {
			this.requests.request(first.cost, first.call, this.sent.get() & Integer.MAX_VALUE);
		}
	}

	/**
	 * Returns the first message, if the peer is to be told that it waits.
	 * @param told whether this thread has told the peer of one
	 */
	private @Nullable Waiting toRequest(boolean told) {
		this.lock.lock();
		try {
			if (this.requesting && !told) {
				return null;
			}
			Waiting first = this.queue.peek();
			this.requesting = first != null && !first.requested && this.streamCredit.has(first.cost);
			if (first == null || !this.requesting) {
				return null;
			}
			first.requested = true;
			return first;
		}
		finally {
			this.lock.unlock();
		}
	}

	int streamId() {
		return this.streamId;
	}

	private void updateFirstCost() {
		Waiting first = this.queue.peek();
		this.firstCost = (first != null) ? first.cost : 0;
	}

	/**
	 * Returns what the first message that waits costs, in bytes; 0 if none waits.
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

	/**
	 * Takes back what has not left.
	 * @return whether it had not
	 */
	boolean withdraw(Waiting entry) {
		this.lock.lock();
		try {
			boolean withdrawn = this.queue.remove(entry);
			updateWaiting();
			if (withdrawn) {
				entry.prepared.discard();
				entry.resumed();
			}
			return withdrawn;
		}
		finally {
			this.lock.unlock();
			pump();
		}
	}

	/**
	 * Refuses an asynchronous send or call if too much waits.
	 * @throws AdaptiveException with {@link ErrorCode#RESOURCE_EXHAUSTED}
	 */
	void checkRoom(Object stream) {
		this.pending.checkRoom(stream);
	}

	/**
	 * Tells whether no message waits, of about this moment.
	 */
	boolean isWritable() {
		return !this.waiting;
	}

	/**
	 * Begins to wait until no message waits.
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
	 * Returns for how long the first message has waited, 0 if none waits.
	 */
	long waitingNanos() {
		this.lock.lock();
		try {
			Waiting first = this.queue.peek();
			return (first != null) ? System.nanoTime() - first.since : 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Gives up what waits; nothing waits from now on.
	 */
	void end(Termination termination) {
		List<Waiting> given = new ArrayList<>();
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
		for (Waiting entry : given) {
			entry.prepared.discard();
			entry.resumed();
			entry.completeExceptionally(termination.toException());
		}
		waits.forEach((wait) -> wait.completeExceptionally(termination.toException()));
	}

	/**
	 * What an outbox has to say about the credit of the connection. Called without a
	 * lock.
	 */
	@FunctionalInterface
	interface CreditRequests {

		/**
		 * Tells the peer that a message waits for it.
		 * @param before how many messages have left the stream before it; wraps around
		 * without the highest bit
		 */
		void request(int cost, boolean call, int before);

		/**
		 * There is more for all streams.
		 */
		default void shared() {
		}

	}

	/**
	 * A message that waits for credit; completes when it has left.
	 */
	final class Waiting extends Operation<@Nullable Void> {

		private final Link.PreparedEnvelope prepared;

		private final int cost;

		private final boolean call;

		/** Whether the peer was told. Guarded by the lock. */
		private boolean requested;

		private final long since = System.nanoTime();

		Waiting(Link.PreparedEnvelope prepared, int cost, boolean call) {
			this.call = call;
			this.prepared = prepared;
			this.cost = cost;
		}

		@Override
		String awaited() {
			return "credit";
		}

		@Override
		boolean giveUp() {
			return withdraw(this);
		}

		@Override
		Delivery deliveryWhenGivenUp() {
			return Delivery.NOT_SENT;
		}

		/**
		 * It has been taken back, so that the peer never sees it.
		 */
		@Override
		AdaptiveException timedOut(String message) {
			return new AdaptiveException(ErrorCode.DEADLINE_EXCEEDED, Delivery.NOT_SENT,
					message + ": the peer does not accept earlier messages", null);
		}

		private void resumed() {
			Outbox.this.pending.remove(this.cost, System.nanoTime() - this.since);
		}

		private void leave() {
			resumed();
			try {
				this.prepared.send();
				complete(null);
			}
			catch (RuntimeException | Error ex) {
				completeExceptionally(ex);
			}
		}

	}

}
