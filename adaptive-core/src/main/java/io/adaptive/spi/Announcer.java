package io.adaptive.spi;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;

/**
 * Makes services known in one scope. Safe for use by many threads.
 */
public interface Announcer {

	/**
	 * Returns the scope.
	 * @return the scope
	 */
	Scope scope();

	/**
	 * Makes a service known; connections to it are accepted by now. May block while the
	 * scope's listener is bound.
	 * @param service the service
	 * @return takes it back; closing twice does nothing
	 * @throws io.adaptive.message.ServiceAlreadyPublishedException if the scope has room
	 * for one service of the name, and it is taken
	 */
	Announcement announce(ServiceName service);

	/**
	 * A service that is known.
	 */
	@FunctionalInterface
	interface Announcement extends AutoCloseable {

		@Override
		void close();

	}

}
