package io.adaptive.boot.autoconfigure;

import io.adaptive.node.AdaptiveNodeBuilder;

/**
 * A bean that changes the settings of the application's node after the properties were
 * applied. Several are called in their order.
 */
@FunctionalInterface
public interface AdaptiveNodeBuilderCustomizer {

	/**
	 * Changes settings.
	 * @param builder the settings
	 */
	void customize(AdaptiveNodeBuilder builder);

}
