package io.adaptive.internal.scope;

import java.util.Optional;

import io.adaptive.message.Scope;
import io.adaptive.spi.Announcer;
import io.adaptive.spi.Lookup;

/**
 * Scope of this machine, in which each node publishes and searches.
 */
public interface NearScope extends DiscoveryScope, Announcer, Lookup {

	@Override
	Scope scope();

	@Override
	default Optional<Announcer> announcer() {
		return Optional.of(this);
	}

	@Override
	default Optional<Lookup> lookup() {
		return Optional.of(this);
	}

}
