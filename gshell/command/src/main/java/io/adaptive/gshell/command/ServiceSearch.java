package io.adaptive.gshell.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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
		List<FoundService> found = new ArrayList<>();
		for (Scope scope : Scope.values()) {
			for (ServiceInstance each : client.scopes(scope).list(pattern)) {
				ProviderId provider = each.instance().provider();
				found.add(new FoundService(each.service().publisher(), each.service().name(), provider.value(),
						provider.equals(self), List.of(sighting(each))));
			}
		}
		return new ServiceListing(merge(found), List.of(), List.of());
	}

	/**
	 * Joins the sightings of each service of a machine.
	 * @param found services, in the order in which their sightings are kept
	 * @return each service once, sorted by publisher, service and provider
	 */
	public static List<FoundService> merge(List<FoundService> found) {
		Map<List<String>, FoundService> merged = new TreeMap<>(Comparator.comparing((List<String> key) -> key.get(0))
			.thenComparing((key) -> key.get(1))
			.thenComparing((key) -> key.get(2)));
		for (FoundService each : found) {
			merged.merge(List.of(each.publisher(), each.service(), each.provider()), each, ServiceSearch::join);
		}
		return List.copyOf(merged.values());
	}

	private static FoundService join(FoundService one, FoundService other) {
		List<ServiceSighting> sightings = Stream.concat(one.sightings().stream(), other.sightings().stream()).toList();
		return new FoundService(one.publisher(), one.service(), one.provider(), one.self(), sightings);
	}

	private static ServiceSighting sighting(ServiceInstance instance) {
		return new ServiceSighting(instance.scope().name(),
				instance.endpoints().stream().map(Object::toString).toList(),
				instance.endpoints().stream().allMatch(Endpoint.Relayed.class::isInstance));
	}

}
