package io.adaptive.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.registry.Lookup;

/**
 * A scope without the services of this node.
 *
 * @param lookup the scope
 * @param self the node
 */
record OtherNodes(Lookup lookup, Instance self) implements Lookup {

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
		return this.lookup.find(pattern).stream().filter((each) -> !each.instance().equals(this.self)).toList();
	}

	@Override
	public Watch watch(ServicePattern pattern, Runnable changed) {
		return this.lookup.watch(pattern, changed);
	}

	@Override
	public CompletableFuture<?> refresh(ServicePattern pattern) {
		return this.lookup.refresh(pattern);
	}

	@Override
	public void unreachable(ServiceInstance instance) {
		this.lookup.unreachable(instance);
	}

}
