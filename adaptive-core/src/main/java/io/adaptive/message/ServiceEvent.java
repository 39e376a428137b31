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
	 * An instance has left, or is not there any more. Where an instance is reached in
	 * another way than before, it is gone and has appeared again.
	 *
	 * @param instance the instance, as it appeared
	 */
	record Gone(ServiceInstance instance) implements ServiceEvent {
	}

}
