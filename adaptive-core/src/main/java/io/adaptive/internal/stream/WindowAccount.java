package io.adaptive.internal.stream;

import java.util.List;
import java.util.function.Consumer;

import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * The books of one connection's {@link ReceiveWindow}: what its peer may send, what was
 * taken, and what the node has given for it.
 * <p>
 * The window is what the peer holds unused, what it has sent and is not taken, and what
 * is taken and not granted again. Messages are counted until a worker has them, or they
 * lie in an inbox; bytes until they are taken.
 */
final class WindowAccount {

	/** In bytes; belongs to each connection, and is never withheld. */
	static final long FLOOR = Limits.MIN_CREDIT;

	/** What an opener may have sent before it knew how much it may: its first bytes. */
	private static final long EARLY_MESSAGES = FLOOR / Limits.MIN_COST;

	private static final int MAX_RELIED = 16;

	private final long maxBytes;

	/** What one stream can use. */
	private final long firstBytes;

	/** What a message counts as a message: 1 where messages wait for workers, else 0. */
	private final int unit;

	/** What the peer may send. */
	private final Amounts allowed = new Amounts(FLOOR);

	/** What was taken since it was settled. */
	private final Amounts taken = new Amounts(0);

	private final OrderedCredit told;

	private volatile long portionBytes = FLOOR / 4;

	private volatile long portionMessages = 1;

	/** More is granted than the budget holds, which is to be given back at once. */
	private volatile boolean overdrawn;

	private volatile boolean requesting;

	/** How many grants have relied on what the peer seems to have since it last sent. */
	private volatile int relied;

	// The rest is guarded by the lock of the budget.

	private long bytes = FLOOR;

	private long messages;

	private long overdrawnBytes;

	private long overdrawnMessages;

	private final WaitingRequests requests = new WaitingRequests();

	/** Whether the budget has it in line for more. */
	boolean inLine;

	/** Whether the peer was asked to give unused credit back, and has not answered. */
	boolean recalled;

	boolean closed;

	/**
	 * Makes the window of a connection.
	 * @param limits how large it may grow, and what one stream can use
	 * @param counted whether messages are counted, since they wait for workers
	 * @param out tells the peer; called without a lock
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
	 * Counts what is no longer waiting.
	 * @param cost in bytes
	 * @param count how many messages wait no longer for a worker
	 * @return whether that is to be settled
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

	// Below, with the lock of the budget.

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

	/** Returns what the budget has given, in bytes. */
	long countedBytes() {
		return Math.max(0, this.bytes - FLOOR - this.overdrawnBytes);
	}

	/** Returns what the budget has given, in messages. */
	long countedMessages() {
		return Math.max(0, this.messages - this.overdrawnMessages);
	}

	/**
	 * Tells whether the window may grow for a message. A single one may be larger than
	 * the whole window.
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
	 * Tells whether a grant may rely on what the peer seems to have. What is on its way
	 * seems unused until it arrives, and requests overtake it: a peer that sends nothing
	 * after some such grants has less.
	 */
	boolean isReliable() {
		return this.relied < MAX_RELIED;
	}

	void relyOnUnused() {
		// A message that arrives at this moment may be missed: it counts grants roughly.
		int before = this.relied;
		this.relied = before + 1;
	}

	boolean hasUnused() {
		return hasUnusedMessages() || hasUnusedBytes(FLOOR);
	}

	/**
	 * Tells whether the peer may send more than some bytes.
	 */
	boolean hasUnusedBytes(long kept) {
		return this.allowed.bytes() > kept;
	}

	boolean hasTaken() {
		return this.taken.bytes() > 0 || this.taken.messages() > 0;
	}

	/**
	 * Tells whether it has no more than what is never withheld.
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
	 * Gives up a part, what is overdrawn first.
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
	 * Takes back what the peer gives up.
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
