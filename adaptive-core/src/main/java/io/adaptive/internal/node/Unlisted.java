package io.adaptive.internal.node;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.spi.Announcer;

/**
 * A scope in which nothing is made known: its services are for who is told the address.
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
