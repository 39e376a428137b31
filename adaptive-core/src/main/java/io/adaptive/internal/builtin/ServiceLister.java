package io.adaptive.internal.builtin;

import java.util.List;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;
import io.adaptive.internal.discovery.Discovery;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.status.ServiceQuery;

/**
 * Service {@code builtin/serviceLister}: lists the services that a node finds in each
 * scope.
 */
public final class ServiceLister {

	/** Name of the service. */
	public static final ServiceName SERVICE = new ServiceName("builtin", "serviceLister");

	private static final int MAX_LISTED = 50_000;

	private ServiceLister() {
	}

	/**
	 * Creates the service.
	 * @param discovery the discovery of the node
	 * @return the service to publish
	 */
	public static Service over(Discovery discovery) {
		return Service.named(SERVICE).handle(Query.class, (query) -> list(discovery, query));
	}

	private static Listing list(Discovery discovery, Query query) {
		ServiceQuery wanted = ServiceQuery.of(pattern(query));
		discovery.refresh(wanted);
		List<ServiceInstance> found = discovery.inEachScope(wanted)
			.stream()
			.filter((each) -> query.scopes.isEmpty() || query.scopes.contains(each.scope()))
			.toList();
		return new Listing(found.stream().limit(MAX_LISTED).map(Listed::of).toList(), found.size());
	}

	private static ServicePattern pattern(Query query) {
		try {
			return new ServicePattern(query.publisher, query.name);
		}
		catch (IllegalArgumentException ex) {
			throw new AdaptiveException(ErrorCode.INVALID_ARGUMENT, Delivery.UNKNOWN, String.valueOf(ex.getMessage()),
					ex);
		}
	}

	/**
	 * Query for services.
	 *
	 * @param publisher a pattern of the publisher, with {@code *} for any characters
	 * @param name a pattern of the service's name
	 * @param scopes the scopes to list, empty for all
	 */
	@Message("adaptive.service-query")
	@Idempotent
	public record Query(String publisher, String name, List<Scope> scopes) {
	}

	/**
	 * Answer to a query.
	 *
	 * @param services the instances; one that is found in two scopes is listed in both
	 * @param total the number of instances found, which may be more than are listed
	 */
	@Message("adaptive.service-listing")
	public record Listing(List<Listed> services, int total) {
	}

	/**
	 * Instance of a service in one scope.
	 *
	 * @param scope the scope in which it is found
	 * @param publisher the publisher
	 * @param name the service's name
	 * @param provider the id of the machine that runs it
	 * @param incarnation a number that distinguishes programs of one machine, and starts
	 * of one program
	 * @param addresses its addresses, the best first
	 * @param proxied whether it is reached through reverse proxies only
	 */
	public record Listed(Scope scope, String publisher, String name, String provider, long incarnation,
			List<String> addresses, boolean proxied) {

		private static Listed of(ServiceInstance instance) {
			return new Listed(instance.scope(), instance.service().publisher(), instance.service().name(),
					instance.instance().provider().value(), instance.instance().incarnation(),
					instance.endpoints().stream().map(Object::toString).toList(),
					instance.endpoints().stream().allMatch(Endpoint.Relayed.class::isInstance));
		}

	}

}
