package io.adaptive.boot.autoconfigure.health;

import java.util.List;

import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.ServiceStatus;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of the services of a node. It is out of service after all services were
 * unpublished, by the shutdown of the application or an operator, including while they
 * drain. A node that never published a service is up.
 */
final class ServicesHealth extends AbstractHealthIndicator {

	private static final int MOST = 100;

	private final AdaptiveNode node;

	ServicesHealth(AdaptiveNode node) {
		super("The state of the services cannot be read");
		this.node = node;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		List<String> draining = names(true);
		if (this.node.view().isOutOfService()) {
			builder.outOfService();
		}
		else {
			builder.up();
		}
		builder.withDetail("published", names(false));
		if (!draining.isEmpty()) {
			builder.withDetail("draining", draining);
		}
	}

	private List<String> names(boolean draining) {
		return this.node.view()
			.services()
			.stream()
			.filter((service) -> !service.service().isBuiltin() && service.isDraining() == draining)
			.map(ServiceStatus::service)
			.map(Object::toString)
			.distinct()
			.sorted()
			.limit(MOST)
			.toList();
	}

}
