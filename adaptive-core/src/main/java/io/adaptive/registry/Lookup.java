package io.adaptive.registry;

import java.util.List;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;

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
	 * Finds the instances of a service that are known now.
	 * @param service the service
	 * @return its instances, none if it is not known
	 */
	List<ServiceInstance> find(ServiceName service);

	/**
	 * Calls back after services may have appeared or gone.
	 * @param changed called on any thread, must not block
	 * @return ends the watch; closing twice does nothing
	 */
	Watch watch(Runnable changed);

	/**
	 * A running watch.
	 */
	@FunctionalInterface
	interface Watch extends AutoCloseable {

		@Override
		void close();

	}

}
