package io.adaptive.boot.autoconfigure.health;

import java.util.List;

import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.ServiceStatus;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether a node offers services. It is out of service when it has taken back all that it
 * offered, be it because the application ends or because somebody said so, also while
 * what is in flight is still served. A node that never published any is up.
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
