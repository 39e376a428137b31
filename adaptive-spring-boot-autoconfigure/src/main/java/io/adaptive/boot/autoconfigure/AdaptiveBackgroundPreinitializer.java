package io.adaptive.boot.autoconfigure;

import io.adaptive.node.AdaptiveNode;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.util.ClassUtils;

/**
 * Loads what the node needs while the main thread still prepares the application context.
 * Spring Boot runs it once for a program, and not where there is only one processor.
 */
final class AdaptiveBackgroundPreinitializer implements BackgroundPreinitializer {

	@Override
	public void preinitialize() {
		if (ClassUtils.isPresent("io.adaptive.node.AdaptiveNode", getClass().getClassLoader())) {
			// Elsewhere, since Spring Boot waits for the end of this method.
			AdaptiveNode.preload();
		}
	}

}
