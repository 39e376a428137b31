package io.adaptive.internal.beacon;

import java.util.List;

import io.adaptive.message.ServiceName;

/**
 * Services that a node offers in its local networks.
 *
 * @param revision the revision of the list, which grows with each change while the node
 * runs: the report with the higher revision is the newer one, independent of the order of
 * arrival
 * @param services all services of the node
 */
public record Announced(long revision, List<ServiceName> services) {

	/**
	 * Copies the services.
	 */
	public Announced {
		services = List.copyOf(services);
	}

}
