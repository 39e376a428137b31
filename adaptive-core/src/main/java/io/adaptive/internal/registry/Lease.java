package io.adaptive.internal.registry;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Lease of one node. Guarded by its table.
 */
final class Lease {

	private Registration registration;

	/**
	 * Registration that queries find and watchers receive, {@code null} before it is
	 * written.
	 */
	private @Nullable Registration told;

	private CompletableFuture<@Nullable Void> written = CompletableFuture.completedFuture(null);

	/** Owner: the connection of the node, {@code null} after it was lost. */
	private @Nullable Object owner;

	private long renewed;

	private long lostAt;

	private boolean lost;

	private long suspectSince;

	private boolean suspect;

	Lease(Registration registration, @Nullable Object owner, long now) {
		this.registration = registration;
		renew(owner, now);
	}

	Registration registration() {
		return this.registration;
	}

	void registration(Registration registration) {
		this.registration = registration;
	}

	@Nullable Registration told() {
		return this.told;
	}

	void told(Registration told) {
		this.told = told;
	}

	/**
	 * Returns the result of the last write.
	 */
	CompletableFuture<@Nullable Void> written() {
		return this.written;
	}

	void written(CompletableFuture<@Nullable Void> written) {
		this.written = written;
	}

	void renew(@Nullable Object owner, long now) {
		this.owner = owner;
		this.renewed = now;
		this.lost = false;
		this.suspect = false;
	}

	boolean isOwnedBy(Object owner) {
		return this.owner == owner;
	}

	/**
	 * Records that the connection to the node has ended.
	 */
	void lose(long now) {
		this.owner = null;
		this.lost = true;
		this.lostAt = now;
	}

	boolean isLost() {
		return this.lost;
	}

	long nanosLost(long now) {
		return now - this.lostAt;
	}

	long nanosSilent(long now) {
		return now - this.renewed;
	}

	/**
	 * Marks the node as apparently gone. It is kept until that is verified.
	 */
	void suspect(long now) {
		this.suspect = true;
		this.suspectSince = now;
	}

	boolean isSuspect() {
		return this.suspect;
	}

	long nanosSuspect(long now) {
		return now - this.suspectSince;
	}

}
