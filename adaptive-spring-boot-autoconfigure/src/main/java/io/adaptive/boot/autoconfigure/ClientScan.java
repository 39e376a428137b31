package io.adaptive.boot.autoconfigure;

import io.adaptive.spring.AdaptiveClientScan;
import io.adaptive.spring.client.ClientScanner;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers beans for the client interfaces in the packages of the application and of
 * {@link AdaptiveClientScan}.
 *
 * @param beanFactory has the packages of the application
 * @param environment has the active profiles
 * @param resourceLoader reads the class path
 */
record ClientScan(BeanFactory beanFactory, Environment environment,
		ResourceLoader resourceLoader) implements ImportBeanDefinitionRegistrar {

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		ClientScanner scanner = new ClientScanner(registry, this.environment, this.resourceLoader);
		ScannedPackages.of(this.beanFactory, registry).forEach(scanner::scan);
	}

}
