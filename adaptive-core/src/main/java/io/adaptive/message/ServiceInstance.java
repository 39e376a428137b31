package io.adaptive.message;

/**
 * One instance of a service, as found in one scope.
 *
 * @param service the service
 * @param instance the node that offers it
 * @param endpoint where that node is reached
 */
public record ServiceInstance(ServiceName service, Instance instance, Endpoint endpoint) {

	@Override
	public String toString() {
		return this.service + "@" + this.endpoint;
	}

}
