package io.adaptive.boot.autoconfigure;

import io.adaptive.spring.client.DiscoveredConnections;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;

/**
 * Explains a connection that cannot be injected, as a rule because the injection point
 * does not say to which service. Goes before the general analyzer of missing beans, which
 * would advise to define one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class MissingConnectionFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	private final BeanFactory beanFactory;

	MissingConnectionFailureAnalyzer(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		ResolvableType type = cause.getResolvableType();
		if (type == null || type.resolve() != Connection.class || cause.getNumberOfBeansFound() > 0) {
			return null;
		}
		String place = (description != null) ? description : "A component";
		if (!this.beanFactory.containsBean(DiscoveredConnections.BEAN_NAME)) {
			return new FailureAnalysis(place + " required a connection, but nothing discovers services here.",
					"Remove adaptive.enabled=false, or the exclusion of AdaptiveAutoConfiguration.", cause);
		}
		return new FailureAnalysis(place + " required a connection but does not say to which service.",
				"Add @Discover(publisher = \"...\", name = \"...\") there, or define a bean of type "
						+ Connection.class.getName() + ".",
				cause);
	}

}
