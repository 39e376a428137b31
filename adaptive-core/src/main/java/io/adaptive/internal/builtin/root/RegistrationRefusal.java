package io.adaptive.internal.builtin.root;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.adaptive.internal.client.Backoff;
import org.jspecify.annotations.Nullable;

/**
 * State of a registration that a root registry has refused: the time of the next attempt,
 * and whether the refusal lasts. For use by the thread of its link, except where noted.
 */
final class RegistrationRefusal {

	/**
	 * Duration from which a refusal is lasting; a shorter one is ordinary, as while a
	 * registry restarts.
	 */
	static final Duration LASTING = Duration.ofSeconds(1);

	/**
	 * Time to wait for a proxy that is unknown to the registry; a proxy tries to reach a
	 * registry at least every 5 s.
	 */
	static final Duration NOT_YET = Duration.ofSeconds(15);

	private static final long NOT_YET_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	private final LongSupplier nanoTime;

	private final Backoff pauses;

	private @Nullable DesiredRegistration refused;

	private long retryAt;

	/** Time since which a proxy is unknown to the registry, {@code null} if none is. */
	private @Nullable Long unknownSince;

	private long since;

	private boolean lasting;

	private volatile @Nullable String reason;

	RegistrationRefusal(LongSupplier nanoTime, RandomGenerator random) {
		this.nanoTime = nanoTime;
		this.pauses = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random);
	}

	/**
	 * Returns the reason for which the registry refuses the node. For use by any thread.
	 * @return the reason, {@code null} if it does not refuse
	 */
	@Nullable String reason() {
		return this.reason;
	}

	/**
	 * Returns the time until the next attempt, in nanoseconds. A registration that
	 * differs from the refused one is tried at once.
	 */
	long nanosToRetry(DesiredRegistration desired) {
		return desired.equals(this.refused) ? Math.max(0, this.retryAt - this.nanoTime.getAsLong()) : 0;
	}

	/**
	 * Handles a refusal because a proxy of the relays is not registered. After a restart
	 * of the registry the proxy registers again soon, too.
	 * @return whether to wait for the proxy
	 */
	boolean isNotYet(DesiredRegistration desired) {
		long now = this.nanoTime.getAsLong();
		if (this.unknownSince == null) {
			this.unknownSince = now;
		}
		if (now - this.unknownSince >= NOT_YET.toNanos()) {
			return false;
		}
		this.refused = desired;
		this.retryAt = now + NOT_YET_RETRY_NANOS;
		return true;
	}

	/**
	 * Schedules the next attempt after a refusal.
	 */
	void refused(DesiredRegistration desired) {
		this.unknownSince = null;
		this.refused = desired;
		this.retryAt = this.nanoTime.getAsLong() + this.pauses.next().toNanos();
	}

	/**
	 * Records a refusal that no relay avoids.
	 * @return whether the refusal has just become lasting, for an unchanged reason
	 */
	boolean stands(String reason) {
		long now = this.nanoTime.getAsLong();
		if (!reason.equals(this.reason)) {
			this.reason = reason;
			this.since = now;
			this.lasting = false;
		}
		boolean before = this.lasting;
		this.lasting = now - this.since >= LASTING.toNanos();
		return this.lasting && !before;
	}

	/**
	 * Clears the refusal after a change of the relays, so that the registration is tried
	 * at once.
	 */
	void relaysChanged() {
		this.refused = null;
		this.unknownSince = null;
		this.reason = null;
	}

	/**
	 * Clears the refusal after the registry has accepted the node.
	 */
	void accepted() {
		relaysChanged();
		this.pauses.reset();
	}

}
