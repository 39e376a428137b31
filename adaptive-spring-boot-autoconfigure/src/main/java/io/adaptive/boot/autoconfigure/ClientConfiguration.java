package io.adaptive.boot.autoconfigure;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.spring.Discover;
import io.adaptive.spring.client.DiscoveredConnections;
import io.adaptive.stream.Connection;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/**
 * Discovers services.
 */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AdaptiveClient adaptiveClient(AdaptiveNode node, AdaptiveProperties properties) {
		AdaptiveClient client = node.newClient();
		return (properties.discoverTimeout() != null) ? client.discoverTimeout(properties.discoverTimeout()) : client;
	}

	@Bean
	DiscoveredConnections adaptiveDiscoveredConnections(AdaptiveClient client) {
		return new DiscoveredConnections(client);
	}

	/**
	 * What {@link Discover} injects. Not a default candidate, so that it never competes
	 * with a connection that the application defines as a bean.
	 */
	@Bean(name = DiscoveredConnections.BEAN_NAME, defaultCandidate = false)
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	Connection adaptiveConnection(InjectionPoint injectionPoint, DiscoveredConnections connections) {
		return connections.get(injectionPoint);
	}

}
