package io.adaptive.boot.autoconfigure.health;

import java.nio.file.Files;
import java.nio.file.Path;

import io.adaptive.node.AdaptiveNode;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether the other programs of the machine can reach a node. What clears away temporary
 * files may take its socket, which then nobody finds.
 */
final class OsHealth extends AbstractHealthIndicator {

	private final AdaptiveNode node;

	OsHealth(AdaptiveNode node) {
		super("The state of the socket cannot be read");
		this.node = node;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		this.node.view().socketDirectory().ifPresent((path) -> builder.withDetail("directory", path.toString()));
		this.node.view().socket().ifPresent((socket) -> check(socket, builder));
	}

	private static void check(Path socket, Health.Builder builder) {
		builder.withDetail("socket", socket.toString());
		if (!Files.exists(socket)) {
			builder.down()
				.withDetail("error", "The socket is gone; keep the directory from being cleared, and restart");
		}
	}

}
