package io.adaptive.settings;

/**
 * How much a node keeps for senders that do not wait. The limits are checked at this end
 * only, and the peer does not know them.
 *
 * @param messages how many messages and calls may wait for credit on one stream, and how
 * many calls for an instance on one connection that discovers by itself
 * @param bytes how many bytes of messages may wait for credit on one stream, beside one
 * message of any size
 */
public record PendingLimits(int messages, long bytes) {

	/** The limits of a node that configures nothing. */
	public static final PendingLimits DEFAULT = new PendingLimits(16 * 1024, 16L << 20);

	/**
	 * Checks the numbers.
	 * @throws IllegalArgumentException if one is out of range
	 */
	public PendingLimits {
		if (messages < 1) {
			throw new IllegalArgumentException(
					"The limit of pending messages is 1 to %s, not %s".formatted(Integer.MAX_VALUE, messages));
		}
		if (bytes < Limits.MIN_COST || bytes > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("The size limit of pending messages is %s to %s bytes, not %s"
				.formatted(Limits.MIN_COST, Integer.MAX_VALUE, bytes));
		}
	}

}
