package io.adaptive.spi;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;

/**
 * An announcer of services in one scope. Implementations are thread-safe.
 */
public interface Announcer {

	/**
	 * Returns the scope.
	 * @return the scope
	 */
	Scope scope();

	/**
	 * Announces a service, which already accepts connections. May block while the
	 * listener of the scope is bound.
	 * @param service the service
	 * @return the announcement, whose {@code close} withdraws the service; closing again
	 * has no effect
	 * @throws io.adaptive.message.ServiceAlreadyPublishedException if the scope admits
	 * one service of the name only and has one already
	 */
	Announcement announce(ServiceName service);

	/**
	 * An announced service.
	 */
	@FunctionalInterface
	interface Announcement extends AutoCloseable {

		@Override
		void close();

	}

}
