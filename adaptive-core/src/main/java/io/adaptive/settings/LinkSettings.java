package io.adaptive.settings;

import java.time.Duration;

import io.adaptive.internal.message.TimeRange;

/**
 * The limits and timeouts of links.
 *
 * @param limits the limits of messages accepted from the peer
 * @param pending the limits of pending messages of senders that do not block
 * @param handshakeTimeout the time in which the handshake of a new connection has to
 * complete
 * @param pingAfter the time without received data after which a ping is sent to the peer
 * @param deadAfter the time without received data after which the connection is closed as
 * lost
 */
public record LinkSettings(Limits limits, PendingLimits pending, Duration handshakeTimeout, Duration pingAfter,
		Duration deadAfter) {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final TimeRange HANDSHAKE = new TimeRange("time for a handshake", SHORTEST, Duration.ofHours(1));

	private static final TimeRange PING = new TimeRange("silence before a ping", SHORTEST, Duration.ofDays(1));

	private static final TimeRange DEAD = new TimeRange("silence before a connection is given up", SHORTEST,
			Duration.ofDays(2));

	/** The default settings. */
	public static final LinkSettings DEFAULT = new LinkSettings(Limits.DEFAULT, Duration.ofSeconds(10),
			Duration.ofSeconds(5), Duration.ofSeconds(15));

	/**
	 * Creates settings with the default limits of pending messages.
	 * @param limits the limits of messages accepted from the peer
	 * @param handshakeTimeout the time in which the handshake of a new connection has to
	 * complete
	 * @param pingAfter the time without received data after which a ping is sent to the
	 * peer
	 * @param deadAfter the time without received data after which the connection is
	 * closed as lost
	 */
	public LinkSettings(Limits limits, Duration handshakeTimeout, Duration pingAfter, Duration deadAfter) {
		this(limits, PendingLimits.DEFAULT, handshakeTimeout, pingAfter, deadAfter);
	}

	/**
	 * Checks the times.
	 * @throws IllegalArgumentException if a time is out of range, or {@code deadAfter}
	 * does not exceed {@code pingAfter}
	 */
	public LinkSettings {
		HANDSHAKE.check(handshakeTimeout);
		PING.check(pingAfter);
		DEAD.check(deadAfter);
		if (deadAfter.compareTo(pingAfter) <= 0) {
			throw new IllegalArgumentException(
					"The silence before a connection is given up is longer than the %s ms before a ping, not %s ms"
						.formatted(pingAfter.toMillis(), deadAfter.toMillis()));
		}
	}

	/**
	 * Returns a copy with other limits of pending messages.
	 * @param pending the limits
	 * @return the changed copy
	 */
	public LinkSettings withPending(PendingLimits pending) {
		return new LinkSettings(this.limits, pending, this.handshakeTimeout, this.pingAfter, this.deadAfter);
	}

}
