package io.adaptive.spi;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;

/**
 * A lookup of services in one scope. Implementations are thread-safe.
 */
public interface Lookup {

	/**
	 * Returns the scope.
	 * @return the scope
	 */
	Scope scope();

	/**
	 * Returns whether the scope can be searched.
	 * @return {@code false} while the node lacks the settings to join the scope
	 */
	default boolean isJoined() {
		return true;
	}

	/**
	 * Returns the currently known instances, without waiting for the network.
	 * @param pattern the pattern of the services
	 * @return the instances, empty if none is known
	 */
	List<ServiceInstance> find(ServicePattern pattern);

	/**
	 * Watches services: keeps their known instances up to date, and runs a callback after
	 * instances may have appeared or gone.
	 * @param pattern the pattern of the services
	 * @param changed the callback, called on any thread; must not block; may be called
	 * without a change
	 * @return the watch, to be closed by the caller; closing again has no effect
	 */
	Watch watch(ServicePattern pattern, Runnable changed);

	/**
	 * Queries the network once.
	 * @param pattern the pattern of the services
	 * @return completes when {@link #find} includes the answers, or after a short
	 * timeout; never fails
	 */
	default CompletableFuture<?> refresh(ServicePattern pattern) {
		return CompletableFuture.completedFuture(null);
	}

	/**
	 * Reports that an instance found by this lookup could not be reached or was lost.
	 * @param instance the instance, which is then verified or removed
	 */
	default void unreachable(ServiceInstance instance) {
	}

	/**
	 * A running watch.
	 */
	@FunctionalInterface
	interface Watch extends AutoCloseable {

		@Override
		void close();

	}

}
