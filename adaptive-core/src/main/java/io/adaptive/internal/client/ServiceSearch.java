package io.adaptive.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.adaptive.client.Selection;
import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.ServicePattern;
import io.adaptive.raw.RawConnection;
import io.adaptive.settings.DiscoveryClock;
import io.adaptive.status.ServiceQuery;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Searches for services with the settings of a client: waits for instances, puts them in
 * order, and connects. Each search runs on the thread of its caller, which waits, and
 * ends with the message that the thread handles.
 *
 * @param connector connects to instances
 * @param probes measure instances for the selection
 * @param settings the settings of the client
 */
record ServiceSearch(Connector connector, Probes probes, ClientSettings settings) {

	private Discovery discovery() {
		return this.connector.context().discovery();
	}

	private DiscoveryClock clock() {
		return this.connector.context().clock();
	}

	KnownInstances known() {
		return this.connector.known();
	}

	ServiceQuery query(ServicePattern pattern) {
		return this.settings.query(pattern);
	}

	/**
	 * Returns a search whose wait for a service ends at a deadline.
	 */
	ServiceSearch within(CallDeadline deadline) {
		return with(this.settings.within(deadline));
	}

	/**
	 * Returns a search that does not wait for a service.
	 */
	ServiceSearch withoutWait() {
		return with(this.settings.withDiscoverTimeout(Duration.ZERO));
	}

	private ServiceSearch with(ClientSettings changed) {
		return new ServiceSearch(this.connector, this.probes, changed);
	}

	/**
	 * Connects to one instance.
	 * @param stop ends the search when it completes
	 */
	MultiplexedConnection one(ServicePattern service, CompletableFuture<?> stop) {
		ServiceQuery query = query(service);
		return CancellableSearch.run(stop, (either) -> {
			if (this.settings.selection() != Selection.random() && !known().any(query)) {
				// A selection needs all instances, not only the first that answers.
				discovery().refresh(query, either);
			}
			return find(query, either, this::connectOne);
		});
	}

	/**
	 * Connects to all instances, at least one.
	 * @param stop ends the search when it completes
	 */
	List<Connection> all(ServicePattern pattern, CompletableFuture<?> stop) {
		ServiceQuery query = query(pattern);
		return CancellableSearch.run(stop, (either) -> {
			discovery().refresh(query, either);
			return find(query, either, this::connectAll);
		});
	}

	/**
	 * Opens a raw connection to one instance.
	 * @param stop ends the search when it completes
	 */
	RawConnection raw(ServicePattern service, CompletableFuture<?> stop) {
		return CancellableSearch.run(stop, (either) -> find(query(service), either, this::connectRaw));
	}

	/**
	 * Returns all instances, without connecting.
	 * @param stop ends the search when it completes
	 */
	List<ServiceInstance> list(ServicePattern pattern, CompletableFuture<?> stop) {
		ServiceQuery query = query(pattern);
		return CancellableSearch.run(stop, (either) -> {
			discovery().refresh(query, either);
			PropagatedContext.checkCancelled();
			return discovery().known(query);
		});
	}

	private <T> T find(ServiceQuery query, CompletableFuture<?> stop, Discovery.Attempt<T> attempt) {
		return discovery().find(query, this.settings.purpose(), this.settings.discoverTimeout(), stop, attempt);
	}

	ServiceNotFoundException notFound(ServicePattern service, Duration waited) {
		return new ServiceNotFoundException(service, discovery().scopes(), waited);
	}

	private Optional<MultiplexedConnection> connectOne(List<ServiceInstance> instances, @Nullable Duration timeLeft) {
		Optional<MultiplexedConnection> connection = new InstanceRace(this.connector, clock(),
				inOrder(instances).iterator(), timeLeft)
			.run();
		connection.ifPresent(this::count);
		return connection;
	}

	private Optional<RawConnection> connectRaw(List<ServiceInstance> instances, @Nullable Duration timeLeft) {
		long start = clock().nanoTime();
		return inOrder(instances)
			.takeWhile((instance) -> timeLeft == null || clock().nanoTime() - start < timeLeft.toNanos())
			.map((instance) -> this.connector.connectRaw(instance,
					(timeLeft != null) ? timeLeft.minusNanos(clock().nanoTime() - start) : null))
			.flatMap(Optional::stream)
			.findFirst();
	}

	private Optional<List<Connection>> connectAll(List<ServiceInstance> instances, @Nullable Duration timeLeft) {
		List<Connection> connections = List.copyOf(new ParallelDial(this.connector, clock(), timeLeft).run(instances));
		connections.stream().findFirst().ifPresent(this::count);
		return connections.isEmpty() ? Optional.empty() : Optional.of(connections);
	}

	/**
	 * Returns the instances in the order of attempts: the nearest scope first, each scope
	 * in the order of the selection; instances that recently did not answer come last.
	 */
	private Stream<ServiceInstance> inOrder(List<ServiceInstance> instances) {
		Map<Scope, List<ServiceInstance>> byScope = new LinkedHashMap<>();
		List<ServiceInstance> silent = new ArrayList<>();
		for (ServiceInstance each : instances) {
			(discovery().isSilent(each.instance()) ? silent
					: byScope.computeIfAbsent(each.scope(), (scope) -> new ArrayList<>()))
				.add(each);
		}
		return Stream.concat(byScope.values()
			.stream()
			.flatMap((candidates) -> CheckedSelection.order(this.settings.selection(), candidates, this.probes)
				.stream()), silent.stream());
	}

	private void count(Connection connection) {
		if (!connection.info().service().isBuiltin()) {
			discovery().counters().found(connection.info().scope());
		}
	}

}
