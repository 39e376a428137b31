package io.adaptive.internal.node;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.spi.Announcer;

/**
 * Announcer that announces nothing: its services are reached by their address.
 *
 * @param scope the scope
 */
record Unlisted(Scope scope) implements Announcer {

	@Override
	public Announcement announce(ServiceName service) {
		return () -> {
		};
	}

}
