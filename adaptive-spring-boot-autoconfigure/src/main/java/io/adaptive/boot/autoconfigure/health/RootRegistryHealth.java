package io.adaptive.boot.autoconfigure.health;

import io.adaptive.node.AdaptiveNode;
import io.adaptive.status.RootRegistryStatistics;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of the root registry of this node: whether it can write its journal. If it
 * cannot, for example on a full disk, it answers queries and refuses changes.
 */
final class RootRegistryHealth extends AbstractHealthIndicator {

	private final AdaptiveNode node;

	RootRegistryHealth(AdaptiveNode node) {
		super("The state of the root registry cannot be read");
		this.node = node;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		RootRegistryStatistics now = this.node.statistics().rootRegistry().orElseThrow();
		builder.status((now.writeFailure() != null) ? Status.DOWN : Status.UP)
			.withDetail("nodes", now.size().nodes())
			.withDetail("services", now.size().services());
		if (now.writeFailure() != null) {
			builder.withDetail("journal", now.writeFailure());
		}
	}

}
