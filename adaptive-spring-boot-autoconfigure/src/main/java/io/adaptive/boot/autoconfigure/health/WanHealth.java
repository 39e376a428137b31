package io.adaptive.boot.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.adaptive.node.AdaptiveNode;
import io.adaptive.status.RootRegistryStatus;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of WAN scope. It is up if the node needs no root registry, or if one of them is
 * connected and accepts its services. Nearer scopes are not affected.
 */
final class WanHealth extends AbstractHealthIndicator {

	private final AdaptiveNode node;

	WanHealth(AdaptiveNode node) {
		super("The state of the root registries cannot be read");
		this.node = node;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		List<RootRegistryStatus> registries = this.node.registries();
		boolean isUp = registries.isEmpty() || registries.stream().anyMatch(WanHealth::isUsable);
		builder.status(isUp ? Status.UP : Status.DOWN);
		registries.forEach((status) -> builder.withDetail(status.address().toString(), details(status)));
	}

	private static boolean isUsable(RootRegistryStatus status) {
		return status.connected() && status.registration() != RootRegistryStatus.Registration.REFUSED;
	}

	private static Map<String, Object> details(RootRegistryStatus status) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("connected", status.connected());
		details.put("for", status.since().toString());
		details.put("registration", status.registration());
		if (status.refusal() != null) {
			details.put("refusal", status.refusal());
		}
		if (!status.connected() && status.lastError() != null) {
			details.put("error", status.lastError());
		}
		return details;
	}

}
