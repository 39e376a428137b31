package io.adaptive.internal.scope;

import java.util.concurrent.CompletableFuture;

import io.adaptive.message.ServicePattern;
import io.adaptive.spi.Lookup;

/**
 * Lookup with settings that other programs of the machine publish. They are read when the
 * lookup is first used.
 *
 * @param lookup the lookup, which finds nothing without settings
 * @param learn reads the settings, unless they were read before
 */
public record LookupAsTold(Lookup lookup, Runnable learn) implements ForwardingLookup {

	@Override
	public Watch watch(ServicePattern pattern, Runnable changed) {
		this.learn.run();
		return this.lookup.watch(pattern, changed);
	}

	@Override
	public CompletableFuture<?> refresh(ServicePattern pattern) {
		this.learn.run();
		return this.lookup.refresh(pattern);
	}

}
