package io.adaptive.internal.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.stream.ConnectionInfo;

/**
 * The target of a connection to any instance of a service.
 */
record ServiceTarget(ServiceSearch search, ServiceName service) implements Target {

	@Override
	public MultiplexedConnection connect(CallDeadline deadline, CompletableFuture<?> stop) {
		return this.search.within(deadline).one(pattern(), stop);
	}

	@Override
	public CallDeadline limit(CallDeadline deadline) {
		return this.search.settings().limit(deadline);
	}

	@Override
	public MultiplexedConnection connectNow(CompletableFuture<?> stop) {
		return this.search.withoutWait().one(pattern(), stop);
	}

	@Override
	public AdaptiveException notFound(Duration waited) {
		return this.search.notFound(pattern(), waited);
	}

	@Override
	public boolean isKnown() {
		return this.search.known().any(this.search.query(pattern()));
	}

	@Override
	public boolean isReplaced(Instance instance) {
		return this.search.known().isReplaced(this.search.query(pattern()), instance);
	}

	@Override
	public Optional<ServiceInstance> known(ConnectionInfo connection) {
		return this.search.known().of(connection);
	}

	@Override
	public void keepKnown(CompletableFuture<?> stop, Runnable changed) {
		this.search.known().keep(this.search.query(pattern()), stop, changed);
	}

	@Override
	public Connector connector() {
		return this.search.connector();
	}

	private ServicePattern pattern() {
		return ServicePattern.of(this.service);
	}

	@Override
	public String toString() {
		return this.service.toString();
	}

}
