package io.adaptive.gshell.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.gshell.message.FoundService;
import io.adaptive.gshell.message.ServiceListing;
import io.adaptive.gshell.message.ServiceSighting;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;

/**
 * Services as one node sees them, for {@code gsh list}.
 */
public final class ServiceSearch {

	private ServiceSearch() {
	}

	/**
	 * Searches all scopes of a node, which may take as long as its scopes answer.
	 * @param client a client of the node
	 * @param self id of this machine
	 * @param publisher pattern, {@code *} for any characters
	 * @param service pattern
	 * @return the services, sorted
	 * @throws IllegalArgumentException if a pattern holds what no name may hold
	 */
	public static ServiceListing of(AdaptiveClient client, ProviderId self, String publisher, String service) {
		ServicePattern pattern = new ServicePattern(publisher, service);
		Map<List<String>, List<ServiceSighting>> found = new TreeMap<>(
				Comparator.comparing((List<String> key) -> key.get(0))
					.thenComparing((key) -> key.get(1))
					.thenComparing((key) -> key.get(2)));
		for (Scope scope : Scope.values()) {
			for (ServiceInstance each : client.scopes(scope).list(pattern)) {
				found
					.computeIfAbsent(List.of(each.service().publisher(), each.service().name(),
							each.instance().provider().value()), (key) -> new ArrayList<>())
					.add(sighting(each));
			}
		}
		List<FoundService> services = new ArrayList<>();
		found.forEach((key, sightings) -> services.add(new FoundService(key.get(0), key.get(1), key.get(2),
				key.get(2).equals(self.value()), List.copyOf(sightings))));
		return new ServiceListing(List.copyOf(services));
	}

	private static ServiceSighting sighting(ServiceInstance instance) {
		return new ServiceSighting(instance.scope().name(),
				instance.endpoints().stream().map(Object::toString).toList(),
				instance.endpoints().stream().allMatch(Endpoint.Relayed.class::isInstance));
	}

}
