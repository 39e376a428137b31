package io.adaptive.internal.transport;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceAlreadyPublishedException;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;

/**
 * The services of one {@link io.adaptive.node.ProcessSpace}. Safe for use by many
 * threads.
 */
public final class ProcessTable {

	private final Map<ServiceName, Entry> services = new ConcurrentHashMap<>();

	private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

	/**
	 * Adds a service.
	 * @param service the service
	 * @param instance the node that offers it
	 * @param settings the settings of that node
	 * @param acceptor decides on links to it
	 * @return removes the service
	 * @throws ServiceAlreadyPublishedException if the service is already published
	 */
	public Registration publish(ServiceName service, Instance instance, ProcessSettings settings,
			LinkAcceptor acceptor) {
		Entry entry = new Entry(instance, settings, acceptor);
		Entry other = this.services.putIfAbsent(service, entry);
		if (other != null) {
			throw new ServiceAlreadyPublishedException(service, "in this process, by " + other.publisher());
		}
		this.watchers.forEach(Runnable::run);
		return () -> {
			if (this.services.remove(service, entry)) {
				this.watchers.forEach(Runnable::run);
			}
		};
	}

	/**
	 * Finds services.
	 * @param pattern the pattern of their names
	 * @return their instances
	 */
	public List<ServiceInstance> find(ServicePattern pattern) {
		if (pattern.isExact()) {
			ServiceName service = new ServiceName(pattern.publisher(), pattern.name());
			return Optional.ofNullable(this.services.get(service))
				.map((entry) -> entry.offering(service))
				.stream()
				.toList();
		}
		return this.services.entrySet()
			.stream()
			.filter((each) -> pattern.matches(each.getKey()))
			.map((each) -> each.getValue().offering(each.getKey()))
			.toList();
	}

	/**
	 * Adds a listener for changes.
	 * @param changed called after each service that is added or removed, on the thread
	 * that publishes or unpublishes; must not block
	 * @return ends the watch
	 */
	public Registration watch(Runnable changed) {
		this.watchers.add(changed);
		return () -> this.watchers.remove(changed);
	}

	CompletableFuture<Link> dial(ServiceInstance target, Instance client, ProcessSettings settings,
			LinkAcceptor acceptor) {
		Entry entry = this.services.get(target.service());
		if (entry == null || !entry.instance.equals(target.instance())) {
			return CompletableFuture.failedFuture(
					new ConnectionRefusedException(ErrorCode.NOT_FOUND, "%s is no longer published".formatted(target)));
		}
		try {
			return ProcessLink.open(target, new ProcessLink.Side(client, settings, acceptor),
					new ProcessLink.Side(target.instance(), entry.settings, entry.acceptor));
		}
		catch (ConnectionRefusedException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * Removes a registration. Closing twice has no effect.
	 */
	@FunctionalInterface
	public interface Registration extends AutoCloseable {

		@Override
		void close();

	}

	private record Entry(Instance instance, ProcessSettings settings, LinkAcceptor acceptor) {

		String publisher() {
			String owner = this.settings.owner();
			return owner.isEmpty() ? "node " + this.instance : "%s, node %s".formatted(owner, this.instance);
		}

		ServiceInstance offering(ServiceName service) {
			return new ServiceInstance(service, this.instance, Scope.PROCESS, new Endpoint.InProcess(this.instance));
		}

	}

}
