package io.adaptive.boot.autoconfigure;

import io.adaptive.node.AdaptiveNode;
import io.adaptive.spring.Discover;
import io.adaptive.spring.client.DiscoverInjection;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the resolution of
 * {@link Discover}. It also applies if discovery is disabled and optional injection
 * points are empty.
 */
@AutoConfiguration
@ConditionalOnClass(AdaptiveNode.class)
public final class DiscoverAutoConfiguration {

	@Bean
	static DiscoverInjection adaptiveDiscoverInjection() {
		return new DiscoverInjection();
	}

}
