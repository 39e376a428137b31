package io.adaptive.boot.autoconfigure;

import java.time.Duration;

import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.message.MessageCheck;
import io.adaptive.spring.server.AnnotatedServices;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of published services.
 */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

	private static final Duration WAIT_UNTIL_LOGGED = Duration.ofSeconds(5);

	/**
	 * Each context of a hierarchy has a server, because a context unpublishes its own
	 * services when it stops.
	 */
	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	AdaptiveServer adaptiveServer(AdaptiveNode node) {
		return node.newServer();
	}

	@Bean
	DeclaredServices adaptiveDeclaredServices(AdaptiveNode node, ListableBeanFactory beanFactory,
			MessageCheck messageCheck, AdaptiveProperties properties) {
		return new DeclaredServices(new AnnotatedServices(beanFactory, messageCheck), node.scopes(), node.isInMemory(),
				new ServiceOverrides(properties.services()));
	}

	/**
	 * Uses a separate server, which is closed after that for other programs.
	 */
	@Bean
	ServicePublisher adaptiveProcessPublisher(AdaptiveNode node, DeclaredServices services) {
		return ServicePublisher.forThisProgram(node.newServer(), services);
	}

	@Bean
	ServicePublisher adaptiveServicePublisher(AdaptiveServer server, DeclaredServices services) {
		return ServicePublisher.forOthers(server, services);
	}

	@Bean
	WaitingRunners adaptiveWaitingRunners(AdaptiveNode node, DeclaredServices services) {
		return new WaitingRunners(node, services, WAIT_UNTIL_LOGGED);
	}

	@Bean
	@ConditionalOnBean(annotation = AdaptiveService.class)
	@ConditionalOnNotWebApplication
	@ConditionalOnBooleanProperty(name = "adaptive.server.keep-alive", matchIfMissing = true)
	KeepAlive adaptiveKeepAlive() {
		return new KeepAlive();
	}

}
