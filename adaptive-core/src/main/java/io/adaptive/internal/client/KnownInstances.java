package io.adaptive.internal.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.adaptive.internal.discovery.Discovery;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.status.ServiceQuery;
import io.adaptive.stream.ConnectionInfo;

/**
 * Instances that discovery knows, read without a query to the network. Thread-safe.
 *
 * @param discovery the discovery of the node
 */
record KnownInstances(Discovery discovery) {

	/**
	 * Returns an instance with its latest addresses.
	 */
	ServiceInstance current(ServiceInstance found) {
		return this.discovery.current(found);
	}

	/**
	 * Returns the instance of a connection, if it is known and no longer has the address
	 * of the connection.
	 */
	Optional<ServiceInstance> moved(ConnectionInfo connection) {
		return of(connection).filter((each) -> !each.endpoints().contains(connection.endpoint()));
	}

	/**
	 * Returns the instance of a connection, if it is known.
	 */
	Optional<ServiceInstance> of(ConnectionInfo connection) {
		ServiceQuery query = new ServiceQuery(ServicePattern.of(connection.service()), Set.of(),
				Set.of(connection.scope()));
		return this.discovery.known(query)
			.stream()
			.filter((each) -> each.scope() == connection.scope() && each.instance().equals(connection.peer()))
			.findFirst();
	}

	/**
	 * Returns whether any instance matches a query.
	 */
	boolean any(ServiceQuery query) {
		return !this.discovery.known(query).isEmpty();
	}

	/**
	 * Returns whether an instance does not match a query any more, and another one does.
	 */
	boolean isReplaced(ServiceQuery query, Instance instance) {
		List<ServiceInstance> known = this.discovery.known(query);
		return !known.isEmpty() && known.stream().noneMatch((each) -> each.instance().equals(instance));
	}

	/**
	 * Keeps the instances of a query up to date.
	 * @param stop ends the updates when it completes
	 * @param changed called on any thread after a possible change
	 */
	void keep(ServiceQuery query, CompletableFuture<?> stop, Runnable changed) {
		this.discovery.watch(query, stop).onChange(changed);
	}

	/**
	 * Keeps the addresses of an instance up to date, if its scope is searched.
	 * @param stop ends the updates when it completes
	 * @param changed called on any thread after a possible change
	 */
	void keep(ServiceInstance instance, CompletableFuture<?> stop, Runnable changed) {
		ServiceQuery query = new ServiceQuery(ServicePattern.of(instance.service()), Set.of(),
				Set.of(instance.scope()));
		if (this.discovery.searches(query)) {
			keep(query, stop, changed);
		}
	}

}
