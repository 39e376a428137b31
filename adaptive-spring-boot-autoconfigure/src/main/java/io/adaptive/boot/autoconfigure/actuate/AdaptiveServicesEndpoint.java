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
 * Shows which services the node sees, and takes back its own.
 */
@Endpoint(id = "adaptiveservices")
final class AdaptiveServicesEndpoint {

	private static final String ANY = "*";

	private final AdaptiveNode node;

	AdaptiveServicesEndpoint(AdaptiveNode node) {
		this.node = node;
	}

	/**
	 * Asks the networks, two seconds at most, and lists what services there are.
	 * @param publisher what the publisher looks like, with {@code *} for any characters;
	 * anything if not given
	 * @param name what the service's name looks like; anything if not given
	 * @param scope in which scope to look; everywhere if not given
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
	 * Takes a service of this application back, and returns when what was in flight has
	 * been served or the drain timeout is over.
	 * @param publisher the publisher
	 * @param name the service's name
	 * @return what became of it
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
