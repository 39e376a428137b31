package io.adaptive.internal.node;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.spi.Announcer;

/**
 * A scope that publishes what belongs to it as soon as it is used.
 */
final class LazyAnnouncer implements Announcer {

	private final Announcer scope;

	private final Runnable first;

	private boolean used;

	/**
	 * Makes an announcer.
	 * @param scope the scope
	 * @param first run before the first service is announced, so that whoever finds that
	 * finds the rest; again if it failed
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
	 * The scope is used although no service is announced.
	 */
	synchronized void use() {
		if (!this.used) {
			this.first.run();
			this.used = true;
		}
	}

}
