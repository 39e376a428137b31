package io.adaptive.settings;

/**
 * The limits of the messages that one end of a connection accepts. They are exchanged in
 * the handshake.
 *
 * @param maxMessage the maximum size of a message, in bytes
 * @param streamCredit the maximum number of bytes of unprocessed messages on one stream
 * @param connectionCredit the maximum number of bytes of unprocessed messages on all
 * streams together; in a handshake, the initial credit
 * @param messageCredit the initial maximum number of unprocessed messages on all streams
 * together
 */
public record Limits(long maxMessage, long streamCredit, long connectionCredit, long messageCredit) {

	/** The minimum credit that a message costs, in bytes. */
	public static final int MIN_COST = 256;

	/** The minimum of {@code maxMessage}, in bytes. */
	public static final int MIN_MESSAGE = MIN_COST;

	/** The minimum of a credit, in bytes. */
	public static final long MIN_CREDIT = 16 * 1024;

	/** The default limits. */
	public static final Limits DEFAULT = new Limits(16L << 20, 1L << 20, 32L << 20);

	/** The message credit of an end that limits bytes only. */
	public static final long UNCOUNTED = Integer.MAX_VALUE;

	/**
	 * Creates limits without a message credit.
	 * @param maxMessage the maximum size of a message, in bytes
	 * @param streamCredit the maximum number of bytes of unprocessed messages on one
	 * stream
	 * @param connectionCredit the maximum number of bytes of unprocessed messages on all
	 * streams together
	 * @throws IllegalArgumentException if a limit is out of range
	 */
	public Limits(long maxMessage, long streamCredit, long connectionCredit) {
		this(maxMessage, streamCredit, connectionCredit, UNCOUNTED);
	}

	/**
	 * Checks the limits.
	 * @throws IllegalArgumentException if a limit is out of range
	 */
	public Limits {
		if (maxMessage < MIN_MESSAGE || maxMessage > Integer.MAX_VALUE) {
			throw new IllegalArgumentException(
					"A message limit is %s to %s bytes, not %s".formatted(MIN_MESSAGE, Integer.MAX_VALUE, maxMessage));
		}
		checkCredit("stream", streamCredit);
		checkCredit("connection", connectionCredit);
		if (messageCredit < 0 || messageCredit > UNCOUNTED) {
			throw new IllegalArgumentException(
					"The message credit of a connection is 0 to %s, not %s".formatted(UNCOUNTED, messageCredit));
		}
	}

	/**
	 * Returns the initial limits of a connection, whose credit grows with its use.
	 * @param counted whether messages are counted, as they are if they wait for a worker
	 * @return these limits with the minimum connection credit
	 */
	public Limits atTheStart(boolean counted) {
		return new Limits(this.maxMessage, this.streamCredit, MIN_CREDIT, counted ? 0 : UNCOUNTED);
	}

	private static void checkCredit(String what, long credit) {
		if (credit < MIN_CREDIT || credit > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("The credit of a %s is %s to %s bytes, not %s".formatted(what,
					MIN_CREDIT, Integer.MAX_VALUE, credit));
		}
	}

	/**
	 * Returns the credit that a message costs.
	 * @param size the encoded size in bytes, 0 if the message is not encoded
	 * @return the cost in bytes
	 */
	public static int cost(int size) {
		return Math.max(MIN_COST, size);
	}

}
