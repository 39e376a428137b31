package io.adaptive.boot.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

import io.adaptive.annotation.RegisteredType;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/**
 * Scans for types with {@link RegisteredType} in the packages of client interfaces, and
 * registers the bean {@link AnnotatedTypes} with them.
 *
 * @param beanFactory has the packages of the application
 * @param environment has the active profiles
 * @param resourceLoader reads the class path
 */
record RegisteredTypeScan(BeanFactory beanFactory, Environment environment,
		ResourceLoader resourceLoader) implements ImportBeanDefinitionRegistrar {

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		Types types = new Types(this.environment, this.resourceLoader);
		Set<String> found = new LinkedHashSet<>();
		for (String basePackage : ScannedPackages.of(this.beanFactory, registry)) {
			for (BeanDefinition candidate : types.findCandidateComponents(basePackage)) {
				found.add(Objects.requireNonNull(candidate.getBeanClassName()));
			}
		}
		registry.registerBeanDefinition(AnnotatedTypes.class.getName(), definition(found));
	}

	/**
	 * A definition of names only, so that code can be generated from it for types that
	 * are not public.
	 */
	private static RootBeanDefinition definition(Set<String> types) {
		RootBeanDefinition definition = new RootBeanDefinition(AnnotatedTypes.class);
		definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, types.toArray(String[]::new));
		return definition;
	}

	private static final class Types extends ClassPathScanningCandidateComponentProvider {

		Types(Environment environment, ResourceLoader resourceLoader) {
			super(false, environment);
			setResourceLoader(resourceLoader);
			addIncludeFilter(new AnnotationTypeFilter(RegisteredType.class, false));
		}

		@Override
		protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
			return !definition.getMetadata().isAnnotation();
		}

	}

}
