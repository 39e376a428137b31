package io.adaptive.boot.autoconfigure.actuate;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.node.AdaptiveNode;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the endpoints that show what a
 * node does and sees.
 */
@AutoConfiguration(after = AdaptiveAutoConfiguration.class)
@ConditionalOnClass({ AdaptiveNode.class, Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnSingleCandidate(AdaptiveNode.class)
public final class AdaptiveEndpointAutoConfiguration {

	/**
	 * The node itself.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnAvailableEndpoint(AdaptiveEndpoint.class)
	@RegisterReflectionForBinding({ NodeDescription.Workers.class, Problem.class })
	static class NodeConfiguration {

		@Bean
		@ConditionalOnMissingBean
		AdaptiveEndpoint adaptiveEndpoint(AdaptiveNode node) {
			return new AdaptiveEndpoint(node);
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnBean(AdaptiveEndpoint.class)
		AdaptiveWebExtension adaptiveWebExtension(AdaptiveEndpoint endpoint) {
			return new AdaptiveWebExtension(endpoint);
		}

	}

	/**
	 * The services that a node sees.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnAvailableEndpoint(AdaptiveServicesEndpoint.class)
	@RegisterReflectionForBinding({ ServicesDescription.class, UnpublishedService.class, Problem.class })
	static class ServicesConfiguration {

		@Bean
		@ConditionalOnMissingBean
		AdaptiveServicesEndpoint adaptiveServicesEndpoint(AdaptiveNode node) {
			return new AdaptiveServicesEndpoint(node);
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnBean(AdaptiveServicesEndpoint.class)
		AdaptiveServicesWebExtension adaptiveServicesWebExtension(AdaptiveServicesEndpoint endpoint) {
			return new AdaptiveServicesWebExtension(endpoint);
		}

	}

}
