package io.adaptive.internal.discovery;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.adaptive.internal.message.Deadline;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.status.RootRegistryStatus;

/**
 * Link of a node to one registry of WAN scope. It keeps the node registered there, and
 * knows the services of other nodes that the registry lists. What was listed last stays
 * known while the registry is not reached. Safe for use by many threads; only
 * {@link #close} blocks.
 */
public interface RegistryLink {

	/**
	 * Returns the address of the registry.
	 * @return the address
	 */
	Endpoint.Tcp address();

	/**
	 * Begins to connect, again and again.
	 */
	void start();

	/**
	 * Reports that the node has other services than before.
	 */
	void servicesChanged();

	/**
	 * Reports that the addresses of this machine have changed.
	 */
	void addressesChanged();

	/**
	 * Reports that the relays that lead to the node have changed.
	 */
	void relaysChanged();

	/**
	 * Keeps the instances of a pattern up to date from now on.
	 * @param pattern the pattern of the services
	 */
	void watch(ServicePattern pattern);

	/**
	 * Ends a watch. The instances that it knew last count as the answer to a query.
	 * @param pattern the pattern of the services
	 */
	void unwatch(ServicePattern pattern);

	/**
	 * Hands out the currently known instances.
	 * @param pattern the pattern of the services
	 * @param found takes each instance
	 */
	void collect(ServicePattern pattern, Consumer<ServiceInstance> found);

	/**
	 * Queries the registry; one that is being connected as soon as it is.
	 * @param pattern the pattern of the services
	 * @param timeout the longest time to wait
	 * @return completes when {@link #collect} includes the answer, or after the time-out;
	 * never fails
	 */
	CompletableFuture<?> refresh(ServicePattern pattern, Duration timeout);

	/**
	 * Forgets an instance that could not be reached, or that another registry has seen
	 * go, unless a watch would report that.
	 * @param instance the instance
	 */
	void forget(Instance instance);

	/**
	 * Returns whether the registry is reached.
	 * @return whether there is a connection
	 */
	boolean isConnected();

	/**
	 * Returns the state of the link and of the registration.
	 * @return the state of this moment
	 */
	RootRegistryStatus status();

	/**
	 * Begins to leave the registry.
	 */
	void leave();

	/**
	 * Leaves the registry, and ends the link.
	 * @param deadline until when to wait for an answer of the registry
	 */
	void close(Deadline deadline);

	/**
	 * Opener of links: an engine of registries.
	 */
	@FunctionalInterface
	interface Opener {

		/**
		 * Makes a link that is not started.
		 * @param address the address of the registry
		 * @param node the node that is registered there
		 * @return the link
		 */
		RegistryLink open(Endpoint.Tcp address, RegisteredNode node);

	}

	/**
	 * Node that is registered. No method blocks.
	 */
	interface RegisteredNode {

		/**
		 * Returns the services to be registered.
		 * @return the services, empty for a node that is not to be registered
		 */
		Set<ServiceName> services();

		/**
		 * Returns the TCP port at which the node accepts connections.
		 * @return the port
		 */
		int port();

		/**
		 * Runs work later, unless the node is closed by then.
		 * @param delay the time until then
		 * @param work must not block
		 */
		void later(Duration delay, Runnable work);

		/**
		 * Reports that the known instances of a watched pattern may have changed.
		 * @param pattern the pattern of the services
		 */
		void changed(ServicePattern pattern);

		/**
		 * Reports that a registry does not list an instance any more.
		 * @param instance the instance
		 */
		void gone(Instance instance);

		/**
		 * Returns the counters of the node's leases.
		 * @return the counters
		 */
		LeaseCounters leases();

	}

}
