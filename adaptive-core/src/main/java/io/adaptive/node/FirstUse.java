package io.adaptive.node;

import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.registry.Announcer;

/**
 * A scope that publishes what belongs to it as soon as it is used.
 */
final class FirstUse implements Announcer {

	private final Announcer scope;

	private final Runnable then;

	private final AtomicBoolean used = new AtomicBoolean();

	/**
	 * Makes an announcer.
	 * @param scope the scope
	 * @param then run once, after the first service was announced
	 */
	FirstUse(Announcer scope, Runnable then) {
		this.scope = scope;
		this.then = then;
	}

	@Override
	public Scope scope() {
		return this.scope.scope();
	}

	@Override
	public Announcement announce(ServiceName service) {
		Announcement announcement = this.scope.announce(service);
		use();
		return announcement;
	}

	/**
	 * The scope is used although no service is announced.
	 */
	void use() {
		if (this.used.compareAndSet(false, true)) {
			this.then.run();
		}
	}

}
