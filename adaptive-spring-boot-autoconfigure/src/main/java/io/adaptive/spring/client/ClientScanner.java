package io.adaptive.spring.client;

import java.util.Objects;

import io.adaptive.spring.Discover;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Scans for interfaces with {@link Discover} and registers them as beans, named after the
 * interface.
 */
public final class ClientScanner {

	private final BeanDefinitionRegistry registry;

	private final ClassLoader classLoader;

	private final Interfaces interfaces;

	/**
	 * Creates a scanner.
	 * @param registry receives the bean definitions
	 * @param environment has the active profiles
	 * @param resourceLoader reads the class path
	 */
	public ClientScanner(BeanDefinitionRegistry registry, Environment environment, ResourceLoader resourceLoader) {
		this.registry = registry;
		this.classLoader = Objects.requireNonNull(resourceLoader.getClassLoader());
		this.interfaces = new Interfaces(environment, resourceLoader);
	}

	/**
	 * Registers the interfaces of a package and its subpackages.
	 * @param basePackage the name of the package
	 */
	public void scan(String basePackage) {
		for (BeanDefinition candidate : this.interfaces.findCandidateComponents(basePackage)) {
			String name = Objects.requireNonNull(candidate.getBeanClassName());
			if (!this.registry.containsBeanDefinition(name)) {
				Class<?> type = ClassUtils.resolveClassName(name, this.classLoader);
				this.registry.registerBeanDefinition(name, definition(type));
			}
		}
	}

	/**
	 * A definition of classes only, so that code can be generated from it.
	 */
	private static RootBeanDefinition definition(Class<?> type) {
		RootBeanDefinition definition = new RootBeanDefinition(ClientFactoryBean.class);
		definition.setTargetType(ResolvableType.forClassWithGenerics(ClientFactoryBean.class, type));
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, type);
		return definition;
	}

	private static final class Interfaces extends ClassPathScanningCandidateComponentProvider {

		Interfaces(Environment environment, ResourceLoader resourceLoader) {
			super(false, environment);
			setResourceLoader(resourceLoader);
			addIncludeFilter(new AnnotationTypeFilter(Discover.class));
		}

		@Override
		protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
			return definition.getMetadata().isInterface() && !definition.getMetadata().isAnnotation();
		}

	}

}
