package io.adaptive.boot.autoconfigure.info;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.node.AdaptiveNode;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the info contributor of the
 * node.
 */
@AutoConfiguration(after = AdaptiveAutoConfiguration.class)
@ConditionalOnClass({ AdaptiveNode.class, InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
@ConditionalOnSingleCandidate(AdaptiveNode.class)
public final class AdaptiveInfoAutoConfiguration {

	@Bean
	@ConditionalOnEnabledInfoContributor("adaptive")
	@ConditionalOnMissingBean(name = "adaptiveInfoContributor")
	@ImportRuntimeHints(NodeInfoContributor.Hints.class)
	InfoContributor adaptiveInfoContributor(AdaptiveNode node) {
		return new NodeInfoContributor(node);
	}

}
