package io.adaptive.boot.autoconfigure;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.AnnotatedServices;
import io.adaptive.spring.Discover;
import io.adaptive.spring.DiscoveredConnections;
import io.adaptive.stream.Connection;
import io.adaptive.transport.ProcessSpace;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that publishes the beans annotated
 * with {@link AdaptiveService} and gives {@link Discover} its connections.
 */
@AutoConfiguration
@ConditionalOnClass(AdaptiveNode.class)
@ConditionalOnBooleanProperty(name = "adaptive.enabled", matchIfMissing = true)
@EnableConfigurationProperties(AdaptiveProperties.class)
public final class AdaptiveAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AdaptiveNode adaptiveNode(AdaptiveProperties properties, Environment environment,
			ObjectProvider<ProcessSpace> processSpace) {
		NodeSettings settings = new NodeSettings(properties, environment);
		return settings.newNode(processSpace.getIfUnique(ProcessSpace::shared));
	}

	@Bean
	@ConditionalOnMissingBean
	AdaptiveServer adaptiveServer(AdaptiveNode node) {
		return node.newServer();
	}

	@Bean
	@ConditionalOnMissingBean
	AdaptiveClient adaptiveClient(AdaptiveNode node, AdaptiveProperties properties) {
		AdaptiveClient client = node.newClient();
		return (properties.discoverTimeout() != null) ? client.discoverTimeout(properties.discoverTimeout()) : client;
	}

	@Bean
	ServicePublisher adaptiveServicePublisher(AdaptiveServer server, AdaptiveNode node,
			ListableBeanFactory beanFactory) {
		return new ServicePublisher(server, node.scopes(), new AnnotatedServices(beanFactory));
	}

	@Bean
	@ConditionalOnBean(annotation = AdaptiveService.class)
	@ConditionalOnNotWebApplication
	@ConditionalOnBooleanProperty(name = "adaptive.server.keep-alive", matchIfMissing = true)
	KeepAlive adaptiveKeepAlive() {
		return new KeepAlive();
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
