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
 * receives the services of other nodes from it. The last received services stay valid
 * while the registry is not reached. Safe for use by many threads; only {@link #close}
 * blocks.
 */
public interface RegistryLink {

	/**
	 * Returns the address of the registry.
	 * @return the address
	 */
	Endpoint.Tcp address();

	/**
	 * Starts to connect, with unlimited attempts.
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
	 * Ends a watch. Its last instances are kept like the answer to a query.
	 * @param pattern the pattern of the services
	 */
	void unwatch(ServicePattern pattern);

	/**
	 * Passes the currently known instances to a consumer.
	 * @param pattern the pattern of the services
	 * @param found receives each instance
	 */
	void collect(ServicePattern pattern, Consumer<ServiceInstance> found);

	/**
	 * Queries the registry; while it is being connected, as soon as it is.
	 * @param pattern the pattern of the services
	 * @param timeout the maximum wait
	 * @return completes when {@link #collect} includes the answer, or after the timeout;
	 * never fails
	 */
	CompletableFuture<?> refresh(ServicePattern pattern, Duration timeout);

	/**
	 * Forgets an instance that could not be reached, or that another registry has
	 * removed, unless a watch would report its end.
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
	 * Starts to leave the registry.
	 */
	void leave();

	/**
	 * Leaves the registry and closes the link.
	 * @param deadline the limit of the wait for an answer of the registry
	 */
	void close(Deadline deadline);

	/**
	 * Opener of links to one kind of registry.
	 */
	@FunctionalInterface
	interface Opener {

		/**
		 * Creates a link that is not started.
		 * @param address the address of the registry
		 * @param node the node that is registered there
		 * @return the link
		 */
		RegistryLink open(Endpoint.Tcp address, RegisteredNode node);

	}

	/**
	 * Node that is registered. Its methods do not block.
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
		 * Runs a task later, unless the node is closed by then.
		 * @param delay the delay
		 * @param work the task, must not block
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
