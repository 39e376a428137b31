package io.adaptive.boot.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;

import io.adaptive.spring.AdaptiveClientScan;
import io.adaptive.spring.client.ClientScanner;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Makes the client interfaces in the packages of the application beans, and those where
 * {@link AdaptiveClientScan} points to.
 *
 * @param beanFactory knows the packages of the application
 * @param environment tells which profiles are active
 * @param resourceLoader reads the class path
 */
record ClientScan(BeanFactory beanFactory, Environment environment,
		ResourceLoader resourceLoader) implements ImportBeanDefinitionRegistrar {

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		ClientScanner scanner = new ClientScanner(registry, this.environment, this.resourceLoader);
		packages(registry).forEach(scanner::scan);
	}

	private Set<String> packages(BeanDefinitionRegistry registry) {
		Set<String> packages = new LinkedHashSet<>();
		if (AutoConfigurationPackages.has(this.beanFactory)) {
			packages.addAll(AutoConfigurationPackages.get(this.beanFactory));
		}
		for (String name : registry.getBeanDefinitionNames()) {
			if (registry.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition) {
				MergedAnnotation<AdaptiveClientScan> scan = definition.getMetadata()
					.getAnnotations()
					.get(AdaptiveClientScan.class);
				if (scan.isPresent()) {
					packages.addAll(Set.of(scan.getStringArray("basePackages")));
					for (String type : scan.asMap(MergedAnnotation.Adapt.CLASS_TO_STRING)
						.get("basePackageClasses") instanceof String[] types ? types : new String[0]) {
						packages.add(ClassUtils.getPackageName(type));
					}
				}
			}
		}
		return packages;
	}

}
