package io.adaptive.internal.node;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.spi.Announcer;

/**
 * Announcer that publishes the built-in services of a scope when the scope is first used.
 */
final class LazyAnnouncer implements Announcer {

	private final Announcer scope;

	private final Runnable first;

	private boolean used;

	/**
	 * Creates an announcer.
	 * @param scope the announcer of the scope
	 * @param first run before the first service is announced, so that a client that finds
	 * the service finds the built-in ones, too; run again if it failed
	 */
	LazyAnnouncer(Announcer scope, Runnable first) {
		this.scope = scope;
		this.first = first;
	}

	@Override
	public Scope scope() {
		return this.scope.scope();
	}

	@Override
	public Announcement announce(ServiceName service) {
		use();
		return this.scope.announce(service);
	}

	/**
	 * Uses the scope without the announcement of a service.
	 */
	synchronized void use() {
		if (!this.used) {
			this.first.run();
			this.used = true;
		}
	}

}
