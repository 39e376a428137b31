package io.adaptive.boot.autoconfigure;

import io.adaptive.node.AdaptiveNode;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.util.ClassUtils;

/**
 * Preloads the classes of the node while the main thread prepares the application
 * context. Spring Boot runs it once per program, and not on a machine with one processor.
 */
final class AdaptiveBackgroundPreinitializer implements BackgroundPreinitializer {

	@Override
	public void preinitialize() {
		if (ClassUtils.isPresent("io.adaptive.node.AdaptiveNode", getClass().getClassLoader())) {
			// On another thread, because Spring Boot waits for the end of this method.
			AdaptiveNode.preload();
		}
	}

}
