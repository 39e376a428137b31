package io.adaptive.boot.autoconfigure;

import io.adaptive.node.AdaptiveNode;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;

/**
 * Starts the warm-up of the node when the application has started, so that it does not
 * slow down the start.
 */
final class NodeWarmUp implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private final AdaptiveNode node;

	NodeWarmUp(AdaptiveNode node) {
		this.node = node;
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
			this.node.warmUp();
		}
	}

}
