package io.adaptive.message;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An instance of a service, as found in one scope.
 *
 * @param service the service
 * @param instance the node that offers the service
 * @param scope the scope in which the instance was found
 * @param endpoints the addresses of the node, at least one, the best first; a client
 * tries them in parallel
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
	 * Creates an instance with one endpoint.
	 * @param service the service
	 * @param instance the node that offers the service
	 * @param scope the scope in which the instance was found
	 * @param endpoint the address of the node
	 */
	public ServiceInstance(ServiceName service, Instance instance, Scope scope, Endpoint endpoint) {
		this(service, instance, scope, List.of(endpoint));
	}

	@Override
	public String toString() {
		return this.service + "@" + this.endpoints.stream().map(Object::toString).collect(Collectors.joining(" or "));
	}

}
