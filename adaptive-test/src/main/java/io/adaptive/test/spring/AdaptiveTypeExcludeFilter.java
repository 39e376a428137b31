package io.adaptive.test.spring;

import java.util.Set;

import io.adaptive.spring.AdaptiveService;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/**
 * Leaves out of the application what {@link AdaptiveTest} does not want.
 */
final class AdaptiveTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<AdaptiveTest> {

	private final Class<?>[] services;

	AdaptiveTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.services = getAnnotation().getValue("services", Class[].class).orElseGet(() -> new Class<?>[0]);
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		return (this.services.length == 0) ? Set.of(AdaptiveService.class) : Set.of();
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return Set.of(this.services);
	}

}
