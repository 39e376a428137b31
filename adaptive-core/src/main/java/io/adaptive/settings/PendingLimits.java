package io.adaptive.settings;

/**
 * The limits of pending messages, which a node keeps for senders that do not block. They
 * are local to this node and not sent to the peer.
 *
 * @param messages the maximum number of messages and calls that wait for credit on one
 * stream, and of calls that wait for an instance on one reconnecting connection
 * @param bytes the maximum number of bytes of messages that wait for credit on one
 * stream, in addition to one message of any size
 */
public record PendingLimits(int messages, long bytes) {

	/** The default limits. */
	public static final PendingLimits DEFAULT = new PendingLimits(16 * 1024, 16L << 20);

	/**
	 * Checks the limits.
	 * @throws IllegalArgumentException if a limit is out of range
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
