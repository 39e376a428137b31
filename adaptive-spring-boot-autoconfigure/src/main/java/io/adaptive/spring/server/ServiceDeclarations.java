package io.adaptive.spring.server;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.adaptive.spring.AdaptiveService;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Finds the {@link AdaptiveService} annotations of a bean factory, without creating a
 * bean.
 */
final class ServiceDeclarations {

	private final ListableBeanFactory beanFactory;

	ServiceDeclarations(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Finds all.
	 * @return the declarations by bean name, in the order their beans were defined
	 */
	Map<String, ServiceDeclaration> read() {
		Map<String, ServiceDeclaration> declarations = new LinkedHashMap<>();
		for (String beanName : this.beanFactory.getBeanNamesForAnnotation(AdaptiveService.class)) {
			declarations.put(beanName,
					ServiceDeclaration.of(beanName, annotationOf(beanName), this::resolvePlaceholders));
		}
		return declarations;
	}

	/**
	 * A {@code @Bean} method has the last word on what its bean publishes.
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
