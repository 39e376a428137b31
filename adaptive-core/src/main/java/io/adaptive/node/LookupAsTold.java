package io.adaptive.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.registry.Lookup;

/**
 * A scope that is searched by settings which other programs of the machine were given,
 * and for which these are read when it is first searched.
 *
 * @param lookup the scope, which finds nothing without settings
 * @param machine knows the settings
 */
record LookupAsTold(Lookup lookup, Machine machine) implements Lookup {

	@Override
	public Scope scope() {
		return this.lookup.scope();
	}

	@Override
	public boolean isJoined() {
		return this.lookup.isJoined();
	}

	@Override
	public List<ServiceInstance> find(ServicePattern pattern) {
		return this.lookup.find(pattern);
	}

	@Override
	public Watch watch(ServicePattern pattern, Runnable changed) {
		this.machine.learn();
		return this.lookup.watch(pattern, changed);
	}

	@Override
	public CompletableFuture<?> refresh(ServicePattern pattern) {
		this.machine.learn();
		return this.lookup.refresh(pattern);
	}

	@Override
	public void unreachable(ServiceInstance instance) {
		this.lookup.unreachable(instance);
	}

}
