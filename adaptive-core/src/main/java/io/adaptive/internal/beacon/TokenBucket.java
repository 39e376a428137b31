package io.adaptive.internal.beacon;

import java.util.concurrent.TimeUnit;

/**
 * Rate limit with a burst size and a rate per second.
 */
final class TokenBucket {

	private final double burst;

	private final double perNano;

	private double tokens;

	private long filledAt;

	TokenBucket(long burst, long perSecond, long now) {
		this.burst = burst;
		this.perNano = (double) perSecond / TimeUnit.SECONDS.toNanos(1);
		this.tokens = burst;
		this.filledAt = now;
	}

	/**
	 * Takes an amount of tokens, if there are enough.
	 */
	boolean take(long amount, long now) {
		this.tokens = Math.min(this.burst, this.tokens + (now - this.filledAt) * this.perNano);
		this.filledAt = now;
		if (this.tokens < amount) {
			return false;
		}
		this.tokens -= amount;
		return true;
	}

}
