package io.adaptive.boot.autoconfigure.health;

import java.nio.file.Path;
import java.util.List;

import io.adaptive.node.AdaptiveNode;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of OS scope: whether other programs of the machine can reach the node. A cleaner
 * of temporary files may remove its socket.
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
		this.node.view().socket().ifPresent((socket) -> builder.withDetail("socket", socket.toString()));
		List<Path> missing = this.node.view().missingSocketFiles();
		if (!missing.isEmpty()) {
			builder.down()
				.withDetail("error",
						"Files of this program were cleared away and are made again; keep the directory from being cleared")
				.withDetail("missing", missing.stream().map(Path::toString).toList());
		}
	}

}
