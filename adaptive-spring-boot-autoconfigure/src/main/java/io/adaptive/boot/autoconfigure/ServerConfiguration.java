package io.adaptive.boot.autoconfigure;

import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.server.AnnotatedServices;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Publishes services.
 */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AdaptiveServer adaptiveServer(AdaptiveNode node) {
		return node.newServer();
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

}
