package io.adaptive.settings;

/**
 * What one end of a connection accepts from the other, told in the handshake.
 *
 * @param maxMessage the largest message, in bytes
 * @param streamCredit how many bytes of messages may wait on one stream
 * @param connectionCredit how many bytes of messages may wait on all streams together;
 * what a handshake tells is the credit to begin with
 * @param messageCredit how many messages may wait on all streams together to begin with
 */
public record Limits(long maxMessage, long streamCredit, long connectionCredit, long messageCredit) {

	/** What each message costs at least, in bytes. */
	public static final int MIN_COST = 256;

	/** The least that the largest message can have. */
	public static final int MIN_MESSAGE = MIN_COST;

	/** The least that a credit can be. */
	public static final long MIN_CREDIT = 16 * 1024;

	/** The limits of a node that configures nothing. */
	public static final Limits DEFAULT = new Limits(16L << 20, 1L << 20, 32L << 20);

	/** Messages are not counted: what bounds them is their bytes. */
	public static final long UNCOUNTED = Integer.MAX_VALUE;

	/**
	 * Makes the limits of an end that does not count messages.
	 * @param maxMessage the largest message, in bytes
	 * @param streamCredit how many bytes of messages may wait on one stream
	 * @param connectionCredit how many bytes of messages may wait on all streams together
	 * @throws IllegalArgumentException if one is out of range
	 */
	public Limits(long maxMessage, long streamCredit, long connectionCredit) {
		this(maxMessage, streamCredit, connectionCredit, UNCOUNTED);
	}

	/**
	 * Checks the numbers.
	 * @throws IllegalArgumentException if one is out of range
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
	 * Returns what a connection begins with: little, which grows as it is used.
	 * @param counted whether messages are counted, as they are where they wait for a
	 * worker
	 * @return these limits with the least credit for the connection
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
	 * Tells what a message costs.
	 * @param size its encoded size in bytes, 0 if it was never encoded
	 * @return the cost in bytes
	 */
	public static int cost(int size) {
		return Math.max(MIN_COST, size);
	}

}
