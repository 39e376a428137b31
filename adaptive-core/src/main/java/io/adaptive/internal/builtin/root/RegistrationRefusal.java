package io.adaptive.internal.builtin.root;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.adaptive.internal.client.Backoff;
import org.jspecify.annotations.Nullable;

/**
 * The registration that a root registry has refused: when it is asked for again, and
 * whether the refusal lasts. For the thread of its link, except where it says so.
 */
final class RegistrationRefusal {

	/** A refusal that ends sooner is an ordinary event, as while a registry restarts. */
	static final Duration LASTING = Duration.ofSeconds(1);

	/** A proxy tries to reach a registry at least every 5 s. */
	static final Duration NOT_YET = Duration.ofSeconds(15);

	private static final long NOT_YET_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	private final LongSupplier nanoTime;

	private final Backoff pauses;

	private @Nullable DesiredRegistration refused;

	private long retryAt;

	/** Since when a proxy has been unknown to the registry, or null if none is. */
	private @Nullable Long unknownSince;

	private long since;

	private boolean lasting;

	private volatile @Nullable String reason;

	RegistrationRefusal(LongSupplier nanoTime, RandomGenerator random) {
		this.nanoTime = nanoTime;
		this.pauses = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random);
	}

	/**
	 * Returns why the registry refuses the node. For any thread.
	 * @return the reason, or null if it does not
	 */
	@Nullable String reason() {
		return this.reason;
	}

	/**
	 * Returns after how many nanoseconds to ask for a registration. One that was refused
	 * is not asked for again at once; another one is.
	 */
	long nanosToRetry(DesiredRegistration desired) {
		return desired.equals(this.refused) ? Math.max(0, this.retryAt - this.nanoTime.getAsLong()) : 0;
	}

	/**
	 * The registry does not know a proxy of the relays, and may know it soon, as after
	 * its restart, when the proxy registers again, too.
	 * @return whether to wait for it
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
	 * The registry has refused a registration, which is asked for again later.
	 */
	void refused(DesiredRegistration desired) {
		this.unknownSince = null;
		this.refused = desired;
		this.retryAt = this.nanoTime.getAsLong() + this.pauses.next().toNanos();
	}

	/**
	 * No relay leads out of the refusal.
	 * @return whether it has just become one that lasts, for the same reason
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
	 * The relays have changed: the registration is asked for at once.
	 */
	void relaysChanged() {
		this.refused = null;
		this.unknownSince = null;
		this.reason = null;
	}

	/**
	 * The registry has accepted the node.
	 */
	void accepted() {
		relaysChanged();
		this.pauses.reset();
	}

}
