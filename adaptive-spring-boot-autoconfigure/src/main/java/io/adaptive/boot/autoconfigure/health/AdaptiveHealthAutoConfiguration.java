package io.adaptive.boot.autoconfigure.health;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.node.AdaptiveNode;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health of a node.
 */
@AutoConfiguration(after = AdaptiveAutoConfiguration.class)
@ConditionalOnClass({ AdaptiveNode.class, HealthIndicator.class })
@ConditionalOnSingleCandidate(AdaptiveNode.class)
public final class AdaptiveHealthAutoConfiguration {

	@Bean
	@ConditionalOnEnabledHealthIndicator("adaptive")
	@ConditionalOnMissingBean(name = "adaptiveHealthIndicator")
	HealthIndicator adaptiveHealthIndicator(AdaptiveNode node) {
		return new RegistryHealthIndicator(node);
	}

}
