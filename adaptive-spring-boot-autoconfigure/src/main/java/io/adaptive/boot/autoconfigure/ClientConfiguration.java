package io.adaptive.boot.autoconfigure;

import java.util.EnumSet;
import java.util.Set;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.spring.client.ClientFactoryBean;
import io.adaptive.spring.client.DiscoveredConnections;
import io.adaptive.spring.message.MessageCheck;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Configuration of clients.
 */
@Configuration(proxyBeanMethods = false)
@Import({ ClientScan.class, DiscoverAutoConfiguration.class })
class ClientConfiguration {

	/** The name of the bean that supplies all injection points. */
	static final String CONNECTIONS = "adaptiveDiscoveredConnections";

	@Bean
	@ConditionalOnMissingBean
	AdaptiveClient adaptiveClient(AdaptiveNode node) {
		return node.newClient();
	}

	@Bean(CONNECTIONS)
	DiscoveredConnections adaptiveDiscoveredConnections(AdaptiveNode node, AdaptiveClient client,
			ConfigurableBeanFactory beanFactory, AdaptiveProperties properties, MessageCheck messageCheck) {
		Set<Scope> scopes = node.isInMemory() ? EnumSet.allOf(Scope.class) : node.searchedScopes();
		return new DiscoveredConnections(client, scopes, beanFactory, new ClientOverrides(properties.clients()),
				messageCheck, node::prepare);
	}

	@Bean
	@ConditionalOnMissingBean(ApplicationAvailability.class)
	AwaitingAvailability adaptiveAvailability(ObjectProvider<DiscoveredConnections> connections) {
		return new AwaitingAvailability(connections);
	}

	/**
	 * Excludes clients from lazy initialization, because eager discovery must not wait
	 * for a lazy bean.
	 */
	@Bean
	static LazyInitializationExcludeFilter adaptiveClientsAreNotLazy() {
		return (name, definition, type) -> ClientFactoryBean.class.getName().equals(definition.getBeanClassName());
	}

	@Bean
	EagerClients adaptiveEagerClients(DiscoveredConnections connections) {
		return new EagerClients(connections);
	}

}
