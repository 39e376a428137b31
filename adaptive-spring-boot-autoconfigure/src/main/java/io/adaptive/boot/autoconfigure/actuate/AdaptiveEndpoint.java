package io.adaptive.boot.autoconfigure.actuate;

import java.time.Instant;
import java.util.Objects;

import io.adaptive.node.AdaptiveNode;
import io.adaptive.settings.ScaleFactors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Endpoint for the state of the node and the scale factors of its worker pool.
 */
@Endpoint(id = "adaptive")
final class AdaptiveEndpoint {

	private final AdaptiveNode node;

	AdaptiveEndpoint(AdaptiveNode node) {
		this.node = node;
	}

	/**
	 * Returns a snapshot of the state of the node.
	 * @return the description
	 */
	@ReadOperation
	NodeDescription node() {
		return describer().describe();
	}

	/**
	 * Changes the scale factors with immediate effect, for the lifetime of the
	 * application. Factors that are not given remain unchanged.
	 * @param resident the number of workers that stay idle when no message waits
	 * @param queueSizePerCore the number of messages per core that may wait
	 * @param queueWeight the number of waiting messages for which one more idle worker is
	 * added
	 * @param max the maximum number of workers, 0 for the default
	 * @return the resulting factors
	 */
	@WriteOperation
	NodeDescription.Workers scale(@Nullable Integer resident, @Nullable Integer queueSizePerCore,
			@Nullable Integer queueWeight, @Nullable Integer max) {
		try {
			this.node.scale((now) -> new ScaleFactors(Objects.requireNonNullElse(resident, now.residentWorkers()),
					Objects.requireNonNullElse(queueSizePerCore, now.queueSizePerCore()),
					Objects.requireNonNullElse(queueWeight, now.queueWeight()),
					Objects.requireNonNullElse(max, now.maxWorkers())));
		}
		catch (IllegalArgumentException ex) {
			String rule = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(rule, rule, ex);
		}
		return describer().workers();
	}

	private NodeDescriber describer() {
		return new NodeDescriber(this.node, Instant.now());
	}

}
