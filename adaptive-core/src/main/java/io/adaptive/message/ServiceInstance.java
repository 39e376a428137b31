package io.adaptive.message;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One instance of a service, as found in one scope.
 *
 * @param service the service
 * @param instance the node that offers it
 * @param scope where it was found
 * @param endpoints where that node may be reached, at least one, the best first; they are
 * tried side by side
 */
public record ServiceInstance(ServiceName service, Instance instance, Scope scope, List<Endpoint> endpoints) {

	/**
	 * Copies the endpoints.
	 * @throws IllegalArgumentException if there is none
	 */
	public ServiceInstance {
		endpoints = List.copyOf(endpoints);
		if (endpoints.isEmpty()) {
			throw new IllegalArgumentException("An instance of %s has no endpoint".formatted(service));
		}
	}

	/**
	 * Makes an instance that is reached in one way.
	 * @param service the service
	 * @param instance the node that offers it
	 * @param scope where it was found
	 * @param endpoint where that node is reached
	 */
	public ServiceInstance(ServiceName service, Instance instance, Scope scope, Endpoint endpoint) {
		this(service, instance, scope, List.of(endpoint));
	}

	@Override
	public String toString() {
		return this.service + "@" + this.endpoints.stream().map(Object::toString).collect(Collectors.joining(" or "));
	}

}
