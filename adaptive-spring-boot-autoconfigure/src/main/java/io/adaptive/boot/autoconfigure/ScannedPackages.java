package io.adaptive.boot.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;

import io.adaptive.spring.AdaptiveClientScan;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.util.ClassUtils;

/**
 * The packages of an application, and those that {@link AdaptiveClientScan} names.
 */
final class ScannedPackages {

	private ScannedPackages() {
	}

	/**
	 * Collects the packages.
	 * @param beanFactory has the packages of the application
	 * @param registry has the beans with {@link AdaptiveClientScan}
	 * @return the names of the packages
	 */
	static Set<String> of(BeanFactory beanFactory, BeanDefinitionRegistry registry) {
		Set<String> packages = new LinkedHashSet<>();
		if (AutoConfigurationPackages.has(beanFactory)) {
			packages.addAll(AutoConfigurationPackages.get(beanFactory));
		}
		for (String name : registry.getBeanDefinitionNames()) {
			if (registry.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition) {
				add(definition.getMetadata().getAnnotations().get(AdaptiveClientScan.class), packages);
			}
		}
		return packages;
	}

	private static void add(MergedAnnotation<AdaptiveClientScan> scan, Set<String> packages) {
		if (!scan.isPresent()) {
			return;
		}
		packages.addAll(Set.of(scan.getStringArray("basePackages")));
		for (String type : scan.asMap(MergedAnnotation.Adapt.CLASS_TO_STRING)
			.get("basePackageClasses") instanceof String[] types ? types : new String[0]) {
			packages.add(ClassUtils.getPackageName(type));
		}
	}

}
