package io.adaptive.boot.autoconfigure.health;

import io.adaptive.node.AdaptiveNode;
import io.adaptive.status.LanStatus;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of LAN scope: whether the node can be found in its local networks. Unknown
 * without a network interface, because nearer scopes work and an interface can appear
 * later.
 */
final class LanHealth extends AbstractHealthIndicator {

	private final AdaptiveNode node;

	LanHealth(AdaptiveNode node) {
		super("The state of the local networks cannot be read");
		this.node = node;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		this.node.tcpEndpoint().ifPresent((endpoint) -> builder.withDetail("address", endpoint.toString()));
		this.node.view().lan().ifPresent((lan) -> check(lan, builder));
	}

	private static void check(LanStatus lan, Health.Builder builder) {
		builder.withDetail("port", lan.port())
			.withDetail("interfaces", lan.interfaces())
			.withDetail("signed", lan.signed());
		if (!lan.started()) {
			return;
		}
		if (!lan.listening()) {
			builder.down()
				.withDetail("error", "Another program has UDP port %s; end it, or set adaptive.lan.port for all"
					.formatted(lan.port()));
		}
		else if (lan.interfaces().isEmpty()) {
			builder.unknown().withDetail("error", "There is no network interface to use");
		}
	}

}
