package io.adaptive.settings;

import java.time.Duration;

import io.adaptive.internal.message.TimeRange;

/**
 * The limits of links.
 *
 * @param limits what is accepted from the peer
 * @param pending how much is kept for senders that do not wait
 * @param handshakeTimeout how long a new connection may take to introduce itself
 * @param pingAfter silence after which the peer is asked for a sign of life
 * @param deadAfter silence after which the connection is given up
 */
public record LinkSettings(Limits limits, PendingLimits pending, Duration handshakeTimeout, Duration pingAfter,
		Duration deadAfter) {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final TimeRange HANDSHAKE = new TimeRange("time for a handshake", SHORTEST, Duration.ofHours(1));

	private static final TimeRange PING = new TimeRange("silence before a ping", SHORTEST, Duration.ofDays(1));

	private static final TimeRange DEAD = new TimeRange("silence before a connection is given up", SHORTEST,
			Duration.ofDays(2));

	/** The settled values. */
	public static final LinkSettings DEFAULT = new LinkSettings(Limits.DEFAULT, Duration.ofSeconds(10),
			Duration.ofSeconds(5), Duration.ofSeconds(15));

	/**
	 * Makes settings with the usual limits of pending messages.
	 * @param limits what is accepted from the peer
	 * @param handshakeTimeout how long a new connection may take to introduce itself
	 * @param pingAfter silence after which the peer is asked for a sign of life
	 * @param deadAfter silence after which the connection is given up
	 */
	public LinkSettings(Limits limits, Duration handshakeTimeout, Duration pingAfter, Duration deadAfter) {
		this(limits, PendingLimits.DEFAULT, handshakeTimeout, pingAfter, deadAfter);
	}

	/**
	 * Checks the times.
	 * @throws IllegalArgumentException if one is out of range, or a connection would be
	 * given up before the peer was asked for a sign of life
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
	 * Changes how much is kept for senders that do not wait.
	 * @param pending the limits
	 * @return the changed copy
	 */
	public LinkSettings withPending(PendingLimits pending) {
		return new LinkSettings(this.limits, pending, this.handshakeTimeout, this.pingAfter, this.deadAfter);
	}

}
