package io.adaptive.message;

/**
 * An event of a watch: an instance appeared or is gone.
 */
public sealed interface ServiceEvent {

	/**
	 * Returns the instance that appeared or is gone.
	 * @return the instance
	 */
	ServiceInstance instance();

	/**
	 * An instance has become available for connections.
	 *
	 * @param instance the instance, as found in the nearest scope
	 */
	record Appeared(ServiceInstance instance) implements ServiceEvent {
	}

	/**
	 * An instance has left or has disappeared. An instance that is reached at another
	 * address or in another scope than before is not gone.
	 *
	 * @param instance the instance, as it was reported when it appeared
	 */
	record Gone(ServiceInstance instance) implements ServiceEvent {
	}

}
