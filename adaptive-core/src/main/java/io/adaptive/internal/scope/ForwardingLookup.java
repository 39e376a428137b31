package io.adaptive.internal.scope;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.spi.Lookup;

/**
 * Lookup that forwards all calls to another one, unless overridden.
 */
interface ForwardingLookup extends Lookup {

	/**
	 * Returns the lookup that receives the calls.
	 */
	Lookup lookup();

	@Override
	default Scope scope() {
		return lookup().scope();
	}

	@Override
	default boolean isJoined() {
		return lookup().isJoined();
	}

	@Override
	default List<ServiceInstance> find(ServicePattern pattern) {
		return lookup().find(pattern);
	}

	@Override
	default Watch watch(ServicePattern pattern, Runnable changed) {
		return lookup().watch(pattern, changed);
	}

	@Override
	default CompletableFuture<?> refresh(ServicePattern pattern) {
		return lookup().refresh(pattern);
	}

	@Override
	default void unreachable(ServiceInstance instance) {
		lookup().unreachable(instance);
	}

}
