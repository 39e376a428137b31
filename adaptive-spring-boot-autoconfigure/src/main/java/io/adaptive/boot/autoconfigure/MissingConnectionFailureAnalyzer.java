package io.adaptive.boot.autoconfigure;

import java.util.List;

import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Flux;

/**
 * Failure analyzer for a connection or a client that cannot be injected, usually because
 * the injection point names no service or the client interface was not scanned. It
 * precedes the general analyzer of missing beans, which would advise to define a bean.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class MissingConnectionFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	private final BeanFactory beanFactory;

	MissingConnectionFailureAnalyzer(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		ResolvableType type = cause.getResolvableType();
		Class<?> wanted = (type != null) ? type.resolve() : null;
		if (wanted == null || type == null || cause.getNumberOfBeansFound() > 0) {
			return null;
		}
		String place = (description != null) ? description : "A component";
		if (isConnection(type)) {
			return discovers()
					? new FailureAnalysis(place + " required a connection but names no service.",
							"Add @Discover(publisher = \"...\", name = \"...\") there, or define a bean of type "
									+ Connection.class.getName() + ".",
							cause)
					: nothingDiscovers(place + " required a connection", cause);
		}
		if (!wanted.isInterface() || !MergedAnnotations.from(wanted).isPresent(Discover.class)) {
			return null;
		}
		String problem = "%s required a client of type %s".formatted(place, wanted.getName());
		return discovers() ? new FailureAnalysis(problem + ", whose interface is not in a scanned package.",
				"Move it to the package of the main class or one below, or put @AdaptiveClientScan(basePackages = \"%s\") on a bean."
					.formatted(ClassUtils.getPackageName(wanted)),
				cause) : nothingDiscovers(problem, cause);
	}

	private static boolean isConnection(ResolvableType type) {
		return type.resolve() == Connection.class || ((type.resolve() == List.class || type.resolve() == Flux.class)
				&& type.getGeneric().resolve() == Connection.class);
	}

	private boolean discovers() {
		return this.beanFactory.containsBean(ClientConfiguration.CONNECTIONS);
	}

	private static FailureAnalysis nothingDiscovers(String problem, Throwable cause) {
		return new FailureAnalysis(problem + ", but discovery is disabled.",
				"Remove adaptive.enabled=false, or the exclusion of AdaptiveAutoConfiguration; or let it be missing, by "
						+ "@Discover(required = false) or an Optional.",
				cause);
	}

}
