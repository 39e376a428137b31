package io.adaptive.boot.autoconfigure;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.adaptive.server.Service;

/**
 * The properties of published services, by name. Relaxed binding applies to names.
 */
final class ServiceOverrides implements UnaryOperator<Service> {

	private final Map<String, Duration> drainTimeouts = new HashMap<>();

	ServiceOverrides(Map<String, AdaptiveProperties.PublishedService> services) {
		services.forEach((name, service) -> {
			if (service.drainTimeout() != null) {
				this.drainTimeouts.put(ClientOverrides.uniform(name), service.drainTimeout());
			}
		});
	}

	@Override
	public Service apply(Service service) {
		Duration drainTimeout = this.drainTimeouts.get(ClientOverrides.uniform(service.name().name()));
		return (drainTimeout != null) ? service.drainTimeout(drainTimeout) : service;
	}

}
