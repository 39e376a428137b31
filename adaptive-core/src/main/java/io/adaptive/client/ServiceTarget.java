package io.adaptive.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.adaptive.discovery.LookupCounters;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.CallerContext;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MultiplexedConnection;

/**
 * Any instance of a service.
 */
record ServiceTarget(AdaptiveClient client, ServiceName service) implements Target {

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
	public Optional<ServiceInstance> moved(ConnectionInfo connection) {
		return this.client.moved(connection);
	}

	@Override
	public Optional<ServiceInstance> known(ConnectionInfo connection) {
		return this.client.known(connection);
	}

	@Override
	public void watchOwnAddress(MultiplexedConnection connection, Runnable gone) {
		this.client.watchOwnAddress(connection, gone);
	}

	@Override
	public MultiplexedConnection open(ServiceInstance instance) {
		return this.client.open(instance);
	}

	@Override
	public void keepKnown(CompletableFuture<?> stop, Runnable changed) {
		this.client.keepKnown(this.service, stop, changed);
	}

	@Override
	public Executor callbacks() {
		return this.client.callbacks();
	}

	@Override
	public int maxWaitingCalls() {
		return this.client.maxWaitingCalls();
	}

	@Override
	public LookupCounters counters() {
		return this.client.counters();
	}

	@Override
	public CallerContext callerContext() {
		return this.client.callerContext();
	}

	@Override
	public String toString() {
		return this.service.toString();
	}

}
