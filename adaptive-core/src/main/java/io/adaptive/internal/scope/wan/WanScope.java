package io.adaptive.internal.scope.wan;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.adaptive.builtin.ObservedAddress;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.scope.DiscoveryScope;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.spi.Announcer;
import io.adaptive.spi.Lookup;
import org.jspecify.annotations.Nullable;

/**
 * WAN scope: services that are listed by registries.
 */
public final class WanScope implements DiscoveryScope {

	private final Registries registries;

	private final boolean published;

	private final Lookup lookup;

	private final boolean isRoot;

	private Endpoint.@Nullable Tcp ownRegistry;

	/**
	 * Creates the scope for a node.
	 * @param registries the registries of the node
	 * @param published whether its services are published there
	 * @param lookup extends the lookup of the registries
	 * @param isRoot whether the node uses its own root registry
	 */
	public WanScope(Registries registries, boolean published, UnaryOperator<Lookup> lookup, boolean isRoot) {
		this.registries = registries;
		this.published = published;
		this.lookup = lookup.apply(registries);
		this.isRoot = isRoot;
	}

	@Override
	public Scope scope() {
		return Scope.WAN;
	}

	@Override
	public Optional<Announcer> announcer() {
		return this.published ? Optional.of(this.registries) : Optional.empty();
	}

	@Override
	public Optional<Lookup> lookup() {
		return Optional.of(this.lookup);
	}

	@Override
	public List<Service> services() {
		return List.of(ObservedAddress.service());
	}

	/**
	 * Returns the registries.
	 * @return the combined registries
	 */
	public Registries registries() {
		return this.registries;
	}

	/**
	 * Adds the node's own root registry.
	 * @param address the address at which the node reaches it
	 * @return the announcer to that registry, empty if the node does not use it
	 */
	public Optional<Announcer> useOwnRegistry(Endpoint.Tcp address) {
		if (!this.isRoot) {
			return Optional.empty();
		}
		this.ownRegistry = address;
		this.registries.add(List.of(address));
		return Optional.of(this.registries);
	}

	/**
	 * Returns the node's own root registry.
	 * @return its address, empty if there is none in use
	 */
	public Optional<Endpoint.Tcp> ownRegistry() {
		return Optional.ofNullable(this.ownRegistry);
	}

	@Override
	public void start() {
		this.registries.start();
	}

	/**
	 * Leaves the node's own root registry, while that still answers.
	 */
	@Override
	public void leave() {
		if (this.ownRegistry != null) {
			this.registries.remove(this.ownRegistry);
		}
	}

	@Override
	public void close(Deadline deadline) {
		this.registries.close(deadline);
	}

}
