package io.adaptive.boot.autoconfigure.actuate;

import java.util.List;
import java.util.function.Supplier;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.ServiceStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Endpoint that lists the discovered services and unpublishes services of the node.
 */
@Endpoint(id = "adaptiveservices")
final class AdaptiveServicesEndpoint {

	private static final String ANY = "*";

	private final AdaptiveNode node;

	AdaptiveServicesEndpoint(AdaptiveNode node) {
		this.node = node;
	}

	/**
	 * Queries the networks for services, for at most 2 seconds.
	 * @param publisher the pattern of the publisher, in which {@code *} matches any
	 * characters; by default all
	 * @param name the pattern of the name; by default all
	 * @param scope the scope to search; by default all
	 * @return the services
	 */
	@ReadOperation
	ServicesDescription services(@Nullable String publisher, @Nullable String name, @Nullable Scope scope) {
		ServicePattern pattern = checked(
				() -> new ServicePattern((publisher != null) ? publisher : ANY, (name != null) ? name : ANY));
		return ServicesDescription.of(this.node.view()
			.list(pattern)
			.stream()
			.filter((each) -> scope == null || each.scope() == scope)
			.toList());
	}

	/**
	 * Unpublishes a service of this application. Returns when messages in flight were
	 * completed or the drain timeout has elapsed.
	 * @param publisher the publisher
	 * @param name the name of the service
	 * @return the result
	 */
	@DeleteOperation
	UnpublishedService unpublish(@Selector String publisher, @Selector String name) {
		ServiceName service = checked(() -> new ServiceName(publisher, name));
		if (service.isBuiltin()) {
			String problem = "Service %s is built in: it is there as long as the application is".formatted(service);
			throw new InvalidEndpointRequestException(problem, problem);
		}
		return this.node.unpublish(service)
			.map(UnpublishedService::of)
			.orElseThrow(() -> new UnknownServiceException(service, published()));
	}

	private List<String> published() {
		return this.node.view()
			.services()
			.stream()
			.filter((each) -> !each.service().isBuiltin() && !each.isDraining())
			.map(ServiceStatus::service)
			.map(ServiceName::toString)
			.distinct()
			.sorted()
			.toList();
	}

	private static <T> T checked(Supplier<T> input) {
		try {
			return input.get();
		}
		catch (IllegalArgumentException ex) {
			String problem = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(problem, problem, ex);
		}
	}

}
