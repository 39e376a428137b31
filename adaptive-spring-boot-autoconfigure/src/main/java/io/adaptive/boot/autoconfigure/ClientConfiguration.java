package io.adaptive.boot.autoconfigure;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.spring.client.DiscoveredConnections;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Discovers services.
 */
@Configuration(proxyBeanMethods = false)
@Import({ ClientScan.class, DiscoverAutoConfiguration.class })
class ClientConfiguration {

	/** The bean behind every injection point. */
	static final String CONNECTIONS = "adaptiveDiscoveredConnections";

	@Bean
	@ConditionalOnMissingBean
	AdaptiveClient adaptiveClient(AdaptiveNode node, AdaptiveProperties properties) {
		AdaptiveClient client = node.newClient();
		return (properties.discoverTimeout() != null) ? client.discoverTimeout(properties.discoverTimeout()) : client;
	}

	@Bean(CONNECTIONS)
	DiscoveredConnections adaptiveDiscoveredConnections(AdaptiveClient client, ConfigurableBeanFactory beanFactory,
			AdaptiveProperties properties) {
		return new DiscoveredConnections(client, beanFactory, new ClientOverrides(properties.clients()));
	}

	@Bean
	@ConditionalOnMissingBean(ApplicationAvailability.class)
	AwaitingAvailability adaptiveAvailability(ObjectProvider<DiscoveredConnections> connections) {
		return new AwaitingAvailability(connections);
	}

	@Bean
	EagerClients adaptiveEagerClients(DiscoveredConnections connections) {
		return new EagerClients(connections);
	}

}
