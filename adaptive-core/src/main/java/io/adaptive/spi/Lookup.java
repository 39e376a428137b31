package io.adaptive.spi;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;

/**
 * Finds services in one scope. Safe for use by many threads.
 */
public interface Lookup {

	/**
	 * Returns the scope.
	 * @return the scope
	 */
	Scope scope();

	/**
	 * Returns whether the scope is searched at all.
	 * @return {@code false} while nothing is known of how to take part in it
	 */
	default boolean isJoined() {
		return true;
	}

	/**
	 * Finds the instances that are known now. Does not wait for the network.
	 * @param pattern which services
	 * @return their instances, none if none is known
	 */
	List<ServiceInstance> find(ServicePattern pattern);

	/**
	 * Keeps what is known of some services fresh, and calls back after instances of them
	 * may have appeared or gone.
	 * @param pattern which services
	 * @param changed called on any thread, must not block; may be called without need
	 * @return ends the watch; closing twice does nothing
	 */
	Watch watch(ServicePattern pattern, Runnable changed);

	/**
	 * Asks the network once.
	 * @param pattern which services
	 * @return completes, and never fails, when {@link #find} knows the answers of this
	 * moment, or after a short time without them
	 */
	default CompletableFuture<?> refresh(ServicePattern pattern) {
		return CompletableFuture.completedFuture(null);
	}

	/**
	 * Tells that an instance which was found here could not be reached, or was lost.
	 * @param instance the instance; it is verified or forgotten
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
