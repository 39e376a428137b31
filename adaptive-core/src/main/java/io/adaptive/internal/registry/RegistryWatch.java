package io.adaptive.internal.registry;

import org.jspecify.annotations.Nullable;

/**
 * Watch of a {@link Registry}. The watcher polls updates when it is ready for more; no
 * queue grows for a slow one.
 */
public final class RegistryWatch implements AutoCloseable {

	private final Registry registry;

	private final Subscription subscription;

	RegistryWatch(Registry registry, Subscription subscription) {
		this.registry = registry;
		this.subscription = subscription;
	}

	/**
	 * Takes the next update.
	 * @param limit the approximate number of services in it
	 * @return the update, {@code null} if there is none; the callback of the watch is
	 * then run when there is one
	 */
	public @Nullable Update poll(int limit) {
		return this.registry.poll(this.subscription, limit);
	}

	@Override
	public void close() {
		this.registry.unwatch(this.subscription);
	}

}
