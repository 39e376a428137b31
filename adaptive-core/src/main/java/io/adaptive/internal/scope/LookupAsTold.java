package io.adaptive.internal.scope;

import java.util.concurrent.CompletableFuture;

import io.adaptive.message.ServicePattern;
import io.adaptive.spi.Lookup;

/**
 * A scope that is searched by settings which other programs of the machine were given,
 * and for which these are read when it is first searched.
 *
 * @param lookup the scope, which finds nothing without settings
 * @param learn reads the settings, unless that was done
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
