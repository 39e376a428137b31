package io.adaptive.internal.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.stream.ConnectionInfo;

/**
 * The target of a connection to any instance of a service.
 */
record ServiceTarget(DiscoveringClient client, ServiceName service) implements Target {

	@Override
	public MultiplexedConnection connect(CallDeadline deadline, CompletableFuture<?> stop) {
		return this.client.within(deadline).discover(this.service, stop);
	}

	@Override
	public CallDeadline limit(CallDeadline deadline) {
		return this.client.limit(deadline);
	}

	@Override
	public MultiplexedConnection connectNow(CompletableFuture<?> stop) {
		return this.client.discoverTimeout(Duration.ZERO).discover(this.service, stop);
	}

	@Override
	public AdaptiveException notFound(Duration waited) {
		return this.client.notFound(this.service, waited);
	}

	@Override
	public boolean isKnown() {
		return this.client.isKnown(this.service);
	}

	@Override
	public boolean isReplaced(Instance instance) {
		return this.client.isReplaced(this.service, instance);
	}

	@Override
	public Optional<ServiceInstance> known(ConnectionInfo connection) {
		return connector().known(connection);
	}

	@Override
	public void keepKnown(CompletableFuture<?> stop, Runnable changed) {
		this.client.keepKnown(this.service, stop, changed);
	}

	@Override
	public Connector connector() {
		return this.client.connector();
	}

	@Override
	public String toString() {
		return this.service.toString();
	}

}
