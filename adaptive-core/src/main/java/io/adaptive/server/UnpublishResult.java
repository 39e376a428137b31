package io.adaptive.server;

import java.util.EnumSet;
import java.util.Set;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;

/**
 * The result of unpublishing a service.
 *
 * @param service the service
 * @param scopes the scopes in which it is no longer published
 * @param unfinished the number of messages that were still being handled when the drain
 * timeout elapsed and their connections were closed
 */
public record UnpublishResult(ServiceName service, Set<Scope> scopes, long unfinished) {

	/**
	 * Returns the sum of this result and that of the same service in other scopes.
	 * @param other the other result
	 * @return the combined result
	 */
	public UnpublishResult and(UnpublishResult other) {
		Set<Scope> all = EnumSet.noneOf(Scope.class);
		all.addAll(this.scopes);
		all.addAll(other.scopes);
		return new UnpublishResult(this.service, all, this.unfinished + other.unfinished);
	}

	/**
	 * Returns whether all messages in flight were handled.
	 * @return {@code true} if no message was unfinished
	 */
	public boolean isDrained() {
		return this.unfinished == 0;
	}

}
