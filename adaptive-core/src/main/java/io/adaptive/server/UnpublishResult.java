package io.adaptive.server;

import java.util.EnumSet;
import java.util.Set;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;

/**
 * What became of a service that was taken back.
 *
 * @param service the service
 * @param scopes where it is no longer published
 * @param unfinished messages that were still being handled when the time was up, and
 * whose connections were closed
 */
public record UnpublishResult(ServiceName service, Set<Scope> scopes, long unfinished) {

	/**
	 * Adds what became of the same service elsewhere.
	 * @param other elsewhere
	 * @return both together
	 */
	public UnpublishResult and(UnpublishResult other) {
		Set<Scope> all = EnumSet.noneOf(Scope.class);
		all.addAll(this.scopes);
		all.addAll(other.scopes);
		return new UnpublishResult(this.service, all, this.unfinished + other.unfinished);
	}

	/**
	 * Returns whether all that was in flight has been served.
	 * @return whether nothing was left
	 */
	public boolean isDrained() {
		return this.unfinished == 0;
	}

}
