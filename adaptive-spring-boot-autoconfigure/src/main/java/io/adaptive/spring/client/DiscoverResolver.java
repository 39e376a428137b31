package io.adaptive.spring.client;

import io.adaptive.spring.Discover;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.AutowireCandidateResolver;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * Resolves injection points with {@link Discover}, and delegates others to the previous
 * resolver. No bean is a candidate for them, because Spring would otherwise collect beans
 * for a list.
 *
 * @param beanFactory the bean factory whose injection points are resolved
 * @param others the previous resolver
 */
record DiscoverResolver(ConfigurableListableBeanFactory beanFactory,
		AutowireCandidateResolver others) implements AutowireCandidateResolver {

	private static MergedAnnotation<Discover> discover(DependencyDescriptor descriptor) {
		return MergedAnnotations.from(descriptor.getAnnotations()).get(Discover.class);
	}

	@Override
	public @Nullable Object getSuggestedValue(DependencyDescriptor descriptor) {
		MergedAnnotation<Discover> discover = discover(descriptor);
		if (!discover.isPresent()) {
			return this.others.getSuggestedValue(descriptor);
		}
		DiscoveredConnections connections = this.beanFactory.getBeanProvider(DiscoveredConnections.class)
			.getIfAvailable();
		return (connections != null) ? connections.get(discover.synthesize(), descriptor) : null;
	}

	@Override
	public boolean isAutowireCandidate(BeanDefinitionHolder definition, DependencyDescriptor descriptor) {
		return !discover(descriptor).isPresent() && this.others.isAutowireCandidate(definition, descriptor);
	}

	@Override
	public boolean isRequired(DependencyDescriptor descriptor) {
		MergedAnnotation<Discover> discover = discover(descriptor);
		if (!discover.isPresent()) {
			return this.others.isRequired(descriptor);
		}
		return descriptor.isRequired() && discover.getBoolean("required");
	}

	@Override
	public boolean hasQualifier(DependencyDescriptor descriptor) {
		return this.others.hasQualifier(descriptor);
	}

	@Override
	public @Nullable String getSuggestedName(DependencyDescriptor descriptor) {
		return this.others.getSuggestedName(descriptor);
	}

	@Override
	public @Nullable Object getLazyResolutionProxyIfNecessary(DependencyDescriptor descriptor,
			@Nullable String beanName) {
		return this.others.getLazyResolutionProxyIfNecessary(descriptor, beanName);
	}

	@Override
	public @Nullable Class<?> getLazyResolutionProxyClass(DependencyDescriptor descriptor, @Nullable String beanName) {
		return this.others.getLazyResolutionProxyClass(descriptor, beanName);
	}

	@Override
	public AutowireCandidateResolver cloneIfNecessary() {
		return new DiscoverResolver(this.beanFactory, this.others.cloneIfNecessary());
	}

}
