package io.adaptive.internal.beacon;

import java.util.List;

import io.adaptive.message.ServiceName;

/**
 * What a node offers in its local networks.
 *
 * @param revision grows with each change while the node lives, so that of two reports it
 * is known which is the newer, whatever way they came
 * @param services all its services
 */
public record Announced(long revision, List<ServiceName> services) {

	/**
	 * Copies the services.
	 */
	public Announced {
		services = List.copyOf(services);
	}

}
