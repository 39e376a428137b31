package io.adaptive.spring.client;

import io.adaptive.spring.Discover;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * Adds the resolution of {@link Discover} injection points to a bean factory.
 */
public final class DiscoverInjection implements BeanFactoryPostProcessor {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory instanceof DefaultListableBeanFactory factory
				&& !(factory.getAutowireCandidateResolver() instanceof DiscoverResolver)) {
			factory.setAutowireCandidateResolver(new DiscoverResolver(factory, factory.getAutowireCandidateResolver()));
		}
	}

}
