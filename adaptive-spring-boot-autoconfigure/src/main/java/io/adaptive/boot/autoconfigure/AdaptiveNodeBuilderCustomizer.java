package io.adaptive.boot.autoconfigure;

import io.adaptive.node.AdaptiveNodeBuilder;

/**
 * A callback that changes the settings of the node after the properties were applied.
 * Several beans of this type are called in their order.
 */
@FunctionalInterface
public interface AdaptiveNodeBuilderCustomizer {

	/**
	 * Customizes the node.
	 * @param builder the builder of the node
	 */
	void customize(AdaptiveNodeBuilder builder);

}
