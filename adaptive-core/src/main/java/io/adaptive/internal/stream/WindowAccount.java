package io.adaptive.internal.stream;

import java.util.List;
import java.util.function.Consumer;

import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * The account of one connection's {@link ReceiveWindow}: the credit of its peer, the
 * taken messages, and the node's budget for it.
 * <p>
 * The window consists of the unused credit of the peer, the messages it has sent that are
 * not taken, and the taken ones not granted again. Messages count until a worker has them
 * or they are in an inbox; bytes count until they are taken.
 */
final class WindowAccount {

	/** In bytes; belongs to each connection, and is never withheld. */
	static final long FLOOR = Limits.MIN_CREDIT;

	/**
	 * Number of messages that an opener may have sent before the first grant: as many as
	 * its first bytes allow.
	 */
	private static final long EARLY_MESSAGES = FLOOR / Limits.MIN_COST;

	private static final int MAX_RELIED = 16;

	private final long maxBytes;

	/** The size usable by one stream. */
	private final long firstBytes;

	/**
	 * The message credit that a message costs: 1 where messages wait for workers,
	 * otherwise 0.
	 */
	private final int unit;

	/** The remaining credit of the peer. */
	private final Amounts allowed = new Amounts(FLOOR);

	/** Taken since the last settlement. */
	private final Amounts taken = new Amounts(0);

	private final OrderedCredit told;

	private volatile long portionBytes = FLOOR / 4;

	private volatile long portionMessages = 1;

	/**
	 * Whether more is granted than the budget holds, so that taken credit is settled at
	 * once.
	 */
	private volatile boolean overdrawn;

	private volatile boolean requesting;

	/**
	 * Number of grants since the peer last sent that rely on its seemingly unused credit.
	 */
	private volatile int relied;

	// The following fields are guarded by the lock of the budget.

	private long bytes = FLOOR;

	private long messages;

	private long overdrawnBytes;

	private long overdrawnMessages;

	private final WaitingRequests requests = new WaitingRequests();

	/** Whether the window is queued in the budget for more. */
	boolean inLine;

	/** Whether the peer was asked to return unused credit, and has not answered. */
	boolean recalled;

	boolean closed;

	/**
	 * Creates the window of a connection.
	 * @param limits the maximum size, and the size usable by one stream
	 * @param counted whether messages are counted, since they wait for workers
	 * @param out sends credit to the peer; called without a lock
	 */
	WindowAccount(Limits limits, boolean counted, Consumer<Envelope.Credit> out) {
		this.maxBytes = limits.connectionCredit();
		this.firstBytes = Math.max(0, Math.min(limits.streamCredit(), this.maxBytes) - FLOOR);
		this.unit = counted ? 1 : 0;
		this.told = new OrderedCredit(out);
	}

	/**
	 * Counts a message.
	 * @return whether the peer had credit for it
	 */
	boolean arrived(int cost) {
		if (this.relied != 0) {
			this.relied = 0;
		}
		boolean hadMessage = this.allowed.addMessages(-this.unit) >= -EARLY_MESSAGES;
		boolean hadBytes = this.allowed.addBytes(-cost) >= 0;
		return hadMessage && hadBytes;
	}

	/**
	 * Counts messages out that no longer wait.
	 * @param cost in bytes
	 * @param count number of messages that no longer wait for a worker
	 * @return whether the window is to be settled
	 */
	boolean taken(int cost, int count) {
		boolean due = cost > 0 && this.taken.addBytes(cost) >= this.portionBytes;
		due |= count * this.unit > 0 && this.taken.addMessages(count) >= this.portionMessages;
		return due || this.overdrawn;
	}

	boolean isRequesting() {
		return this.requesting;
	}

	long allowedBytes() {
		return this.allowed.bytes();
	}

	void tell() {
		this.told.send();
	}

	// The following methods are called with the lock of the budget.

	long bytes() {
		return this.bytes;
	}

	long messages() {
		return this.messages;
	}

	long firstBytes() {
		return this.firstBytes;
	}

	int unit() {
		return this.unit;
	}

	long maxBytes() {
		return this.maxBytes;
	}

	/** Returns the bytes counted in the budget. */
	long countedBytes() {
		return Math.max(0, this.bytes - FLOOR - this.overdrawnBytes);
	}

	/** Returns the messages counted in the budget. */
	long countedMessages() {
		return Math.max(0, this.messages - this.overdrawnMessages);
	}

	/**
	 * Returns whether the window may grow for a message. A single message may be larger
	 * than the whole window.
	 */
	boolean mayHold(int cost) {
		long used = this.bytes - this.allowed.bytes();
		return used <= FLOOR || used + cost <= this.maxBytes;
	}

	void tellLater(Envelope.Credit credit) {
		this.told.add(credit);
	}

	boolean hasUnusedMessages() {
		return this.allowed.messages() > 0;
	}

	boolean hasUnused(int cost) {
		return this.allowed.bytes() >= cost;
	}

	/**
	 * Returns whether a grant may rely on the peer's seemingly unused credit. Messages on
	 * their way seem unused until they arrive, and requests overtake them: a peer that
	 * sends nothing after several such grants has less.
	 */
	boolean isReliable() {
		return this.relied < MAX_RELIED;
	}

	void relyOnUnused() {
		// A concurrent arrival may be lost, since the count need not be exact.
		int before = this.relied;
		this.relied = before + 1;
	}

	boolean hasUnused() {
		return hasUnusedMessages() || hasUnusedBytes(FLOOR);
	}

	/**
	 * Returns whether the peer may send more than some bytes.
	 */
	boolean hasUnusedBytes(long kept) {
		return this.allowed.bytes() > kept;
	}

	boolean hasTaken() {
		return this.taken.bytes() > 0 || this.taken.messages() > 0;
	}

	/**
	 * Returns whether the window has no more than the bytes that are never withheld.
	 */
	boolean isEmpty() {
		return this.closed || (this.messages <= 0 && this.bytes <= FLOOR);
	}

	boolean isDueBytes() {
		return this.taken.bytes() >= this.portionBytes;
	}

	boolean isDueMessages() {
		return this.taken.messages() >= this.portionMessages;
	}

	long pollTakenBytes() {
		return this.taken.pollBytes();
	}

	long pollTakenMessages() {
		return this.taken.pollMessages();
	}

	long pollUnusedBytes() {
		return Math.max(0, this.allowed.pollBytes());
	}

	long pollUnusedMessages() {
		return Math.max(0, this.allowed.pollMessages());
	}

	void grow(long bytes, long messages) {
		this.bytes += bytes;
		this.messages += messages;
		updatePortions();
	}

	void overdraw(long bytes, long messages) {
		this.overdrawnBytes += bytes;
		this.overdrawnMessages += messages;
		this.overdrawn = true;
		grow(bytes, messages);
	}

	/**
	 * Shrinks the window, the overdrawn part first.
	 */
	void shrink(long bytes, long messages) {
		this.bytes -= bytes;
		this.messages -= messages;
		this.overdrawnBytes -= Math.min(bytes, this.overdrawnBytes);
		this.overdrawnMessages -= Math.min(messages, this.overdrawnMessages);
		this.overdrawn = this.overdrawnBytes > 0 || this.overdrawnMessages > 0;
		updatePortions();
	}

	long overdrawnBytes() {
		return this.overdrawnBytes;
	}

	long overdrawnMessages() {
		return this.overdrawnMessages;
	}

	private void updatePortions() {
		this.portionBytes = Math.max(FLOOR, this.bytes) / 4;
		this.portionMessages = Math.max(1, this.messages / 4);
	}

	void allow(long bytes, long messages) {
		this.allowed.addBytes(bytes);
		this.allowed.addMessages(messages);
	}

	/**
	 * Takes credit back that the peer returns.
	 * @return whether the peer had that much
	 */
	boolean disallow(long bytes, long messages) {
		boolean hadBytes = this.allowed.addBytes(-bytes) >= 0;
		boolean hadMessages = messages == 0 || this.allowed.addMessages(-messages) >= 0;
		return hadBytes && hadMessages;
	}

	boolean add(Request request) {
		this.requesting = true;
		return this.requests.add(request);
	}

	List<Request> firstRequests() {
		return this.requests.first();
	}

	void granted(Request request) {
		this.requests.granted(request);
		this.requesting = !this.requests.isEmpty();
	}

	@Nullable Request find(int streamId) {
		return this.requests.find(streamId);
	}

	void remove(int streamId) {
		this.requests.remove(streamId);
		this.requesting = !this.requests.isEmpty();
	}

	void clearRequests() {
		this.requests.clear();
		this.requesting = false;
	}

}
