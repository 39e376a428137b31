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
 * Shows what the node does, and changes how its worker pool follows the load.
 */
@Endpoint(id = "adaptive")
final class AdaptiveEndpoint {

	private final AdaptiveNode node;

	AdaptiveEndpoint(AdaptiveNode node) {
		this.node = node;
	}

	/**
	 * Describes the node.
	 * @return everything, of this moment
	 */
	@ReadOperation
	NodeDescription node() {
		return describer().describe();
	}

	/**
	 * Changes the scale factors at once, until the application ends. What is not given
	 * stays.
	 * @param resident how many workers stay idle when nothing waits
	 * @param queueSizePerCore how many messages may wait for each core
	 * @param queueWeight for how many waiting messages one more worker is wanted
	 * @param max how many workers there may be, 0 for the default
	 * @return the factors that hold now
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
