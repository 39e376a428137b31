package io.adaptive.boot.autoconfigure.metrics;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.node.AdaptiveNode;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the metrics of a node.
 */
@AutoConfiguration(after = { AdaptiveAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnClass({ AdaptiveNode.class, MeterRegistry.class, CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnSingleCandidate(AdaptiveNode.class)
@ConditionalOnBean(MeterRegistry.class)
public final class AdaptiveMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	NodeMetrics adaptiveNodeMetrics(AdaptiveNode node) {
		return new NodeMetrics(node);
	}

}
