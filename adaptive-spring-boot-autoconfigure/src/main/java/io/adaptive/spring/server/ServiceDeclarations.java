package io.adaptive.spring.server;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.adaptive.spring.AdaptiveService;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Finds the {@link AdaptiveService} annotations of a bean factory, without creating a
 * bean.
 */
final class ServiceDeclarations {

	private static final String TARGET_PREFIX = ScopedProxyUtils.getTargetBeanName("");

	private static final Set<String> OF_A_THREAD = Set.of("request", "session", "websocket");

	private final ListableBeanFactory beanFactory;

	ServiceDeclarations(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Returns all declarations.
	 * @return the declarations by bean name, in the order their beans were defined
	 */
	Map<String, ServiceDeclaration> read() {
		Map<String, ServiceDeclaration> declarations = new LinkedHashMap<>();
		for (String declared : this.beanFactory.getBeanNamesForAnnotation(AdaptiveService.class)) {
			String beanName = calledAs(declared);
			declarations.put(beanName,
					ServiceDeclaration.of(beanName, annotationOf(declared), this::resolvePlaceholders));
		}
		return declarations;
	}

	/**
	 * Returns the bean to call, because the target of a scoped proxy is a separate bean
	 * and called through the proxy.
	 */
	private static String calledAs(String beanName) {
		return ScopedProxyUtils.isScopedTarget(beanName) ? beanName.substring(TARGET_PREFIX.length()) : beanName;
	}

	/**
	 * Returns whether the bean is a singleton, and no prototype, request or session bean,
	 * even behind a proxy.
	 */
	boolean isCallable(String beanName) {
		if (!this.beanFactory.isSingleton(beanName)) {
			return false;
		}
		String target = ScopedProxyUtils.getTargetBeanName(beanName);
		return !(this.beanFactory instanceof ConfigurableBeanFactory configurable)
				|| !this.beanFactory.containsBeanDefinition(target)
				|| !OF_A_THREAD.contains(String.valueOf(configurable.getMergedBeanDefinition(target).getScope()));
	}

	/**
	 * Returns the annotation of a bean. That of its {@code @Bean} method takes
	 * precedence.
	 */
	private AdaptiveService annotationOf(String beanName) {
		Method factory = factoryMethod(beanName);
		AdaptiveService annotation = (factory != null)
				? AnnotatedElementUtils.findMergedAnnotation(factory, AdaptiveService.class) : null;
		return (annotation != null) ? annotation
				: Objects.requireNonNull(this.beanFactory.findAnnotationOnBean(beanName, AdaptiveService.class));
	}

	private @Nullable Method factoryMethod(String beanName) {
		if (this.beanFactory instanceof ConfigurableBeanFactory configurable
				&& this.beanFactory.containsBeanDefinition(beanName)
				&& configurable.getMergedBeanDefinition(beanName) instanceof RootBeanDefinition definition) {
			return definition.getResolvedFactoryMethod();
		}
		return null;
	}

	private String resolvePlaceholders(String text) {
		if (this.beanFactory instanceof ConfigurableBeanFactory configurable) {
			return Objects.requireNonNullElse(configurable.resolveEmbeddedValue(text), text);
		}
		return text;
	}

}
