package io.adaptive.internal.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.ServicePattern;
import io.adaptive.stream.ConnectionInfo;

/**
 * The target of a connection to one particular instance.
 */
record InstanceTarget(Connector connector, ServiceInstance instance) implements Target {

	@Override
	public MultiplexedConnection connect(CallDeadline deadline, CompletableFuture<?> stop) {
		Duration left = deadline.limited() ? deadline.left() : Connector.TIMEOUT;
		return this.connector.open(this.connector.known().current(this.instance),
				(left.compareTo(Connector.TIMEOUT) < 0) ? left : Connector.TIMEOUT);
	}

	@Override
	public CallDeadline limit(CallDeadline deadline) {
		return deadline;
	}

	@Override
	public MultiplexedConnection connectNow(CompletableFuture<?> stop) {
		try {
			return this.connector.connect(this.connector.known().current(this.instance));
		}
		catch (ConnectionRefusedException ex) {
			throw notFound(Duration.ZERO);
		}
	}

	@Override
	public ServiceNotFoundException notFound(Duration waited) {
		return new ServiceNotFoundException(ServicePattern.of(this.instance.service()), List.of(this.instance.scope()),
				waited);
	}

	@Override
	public boolean isKnown() {
		return true;
	}

	@Override
	public boolean isReplaced(Instance instance) {
		return false;
	}

	@Override
	public Optional<ServiceInstance> known(ConnectionInfo connection) {
		return Optional.of(this.connector.known().current(this.instance));
	}

	/**
	 * Keeps the addresses of this instance up to date; other instances are not used.
	 */
	@Override
	public void keepKnown(CompletableFuture<?> stop, Runnable changed) {
		this.connector.known().keep(this.instance, stop, changed);
	}

	@Override
	public String toString() {
		return this.instance.toString();
	}

}
