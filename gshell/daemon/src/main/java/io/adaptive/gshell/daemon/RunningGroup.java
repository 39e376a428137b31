package io.adaptive.gshell.daemon;

import io.adaptive.message.ServiceInstance;

/**
 * A group that is published.
 *
 * @param fullName {@code NAME-VERSION}
 * @param instance where it is reached
 */
record RunningGroup(String fullName, ServiceInstance instance) {

	static final String PREFIX = "grg-";

	static RunningGroup of(ServiceInstance instance) {
		return new RunningGroup(instance.service().name().substring(PREFIX.length()), instance);
	}

}
