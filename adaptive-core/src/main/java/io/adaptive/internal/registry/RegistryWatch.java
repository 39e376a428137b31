package io.adaptive.internal.registry;

import org.jspecify.annotations.Nullable;

/**
 * One watcher of a {@link Registry}. It takes what it has not seen whenever it is ready
 * for more; nothing piles up for one that is slow.
 */
public final class RegistryWatch implements AutoCloseable {

	private final Registry registry;

	private final Subscription subscription;

	RegistryWatch(Registry registry, Subscription subscription) {
		this.registry = registry;
		this.subscription = subscription;
	}

	/**
	 * Takes what comes next.
	 * @param limit of how many services it should consist
	 * @return {@code null} if there is nothing; then the watcher will be told when there
	 * is
	 */
	public @Nullable Update poll(int limit) {
		return this.registry.poll(this.subscription, limit);
	}

	@Override
	public void close() {
		this.registry.unwatch(this.subscription);
	}

}
