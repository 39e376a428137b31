package io.adaptive.message;

/**
 * What a watch tells.
 */
public sealed interface ServiceEvent {

	/**
	 * Returns who it is about.
	 * @return the instance
	 */
	ServiceInstance instance();

	/**
	 * An instance can be connected to.
	 *
	 * @param instance the instance, as found in the nearest scope
	 */
	record Appeared(ServiceInstance instance) implements ServiceEvent {
	}

	/**
	 * An instance has left, or is not there any more. One that is reached at another
	 * address or in another scope than before is not gone.
	 *
	 * @param instance the instance, as it appeared
	 */
	record Gone(ServiceInstance instance) implements ServiceEvent {
	}

}
