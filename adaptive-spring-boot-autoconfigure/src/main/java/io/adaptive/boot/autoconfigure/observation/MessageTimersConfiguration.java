package io.adaptive.boot.autoconfigure.observation;

import io.adaptive.spring.observation.ClientMessageObservationConvention;
import io.adaptive.spring.observation.ServerMessageObservationConvention;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationProperties;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Configuration of timers without observations. It applies if observations have no other
 * consumer: no tracing, and no handler, convention, filter or predicate of the
 * application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ MeterRegistry.class, DefaultMeterObservationHandler.class })
@ConditionalOnSingleCandidate(MeterRegistry.class)
class MessageTimersConfiguration {

	/**
	 * The class of Spring Boot's registry. Another registry may use observations
	 * differently.
	 */
	private static final Class<?> USUAL_REGISTRY = ObservationRegistry.create().getClass();

	/** The name of Spring Boot's filter for its properties. */
	private static final String PROPERTIES_FILTER = "propertiesObservationFilter";

	/**
	 * Precedes the handler of all observations.
	 */
	@Bean
	@Order(0)
	MessageMeterHandler adaptiveMessageMeterHandler(MeterRegistry meters) {
		return new MessageMeterHandler(meters);
	}

	@Bean
	@Nullable MessageTimers adaptiveMessageTimers(ListableBeanFactory beans, ObservationRegistry registry, MeterRegistry meters) {
		return (registry.getClass() == USUAL_REGISTRY && isForMetersOnly(beans)) ? new MessageTimers(meters) : null;
	}

	private static boolean isForMetersOnly(ListableBeanFactory beans) {
		boolean onlyMeters = beans.getBeanProvider(ObservationHandler.class)
			.stream()
			.allMatch((handler) -> handler.getClass() == DefaultMeterObservationHandler.class
					|| handler instanceof MessageMeterHandler);
		boolean metered = beans.getBeanProvider(DefaultMeterObservationHandler.class).stream().findAny().isPresent();
		return onlyMeters && metered && hasNone(beans, ObservationPredicate.class)
				&& hasNone(beans, ObservationFilter.class) && hasNone(beans, GlobalObservationConvention.class)
				&& hasNone(beans, ObservationRegistryCustomizer.class)
				&& hasNone(beans, ClientMessageObservationConvention.class)
				&& hasNone(beans, ServerMessageObservationConvention.class)
				&& beans.getBeanProvider(ObservationProperties.class)
					.stream()
					.allMatch((properties) -> properties.getEnable().isEmpty() && properties.getKeyValues().isEmpty());
	}

	private static boolean hasNone(ListableBeanFactory beans, Class<?> type) {
		for (String name : beans.getBeanNamesForType(type)) {
			if (!name.equals(PROPERTIES_FILTER)) {
				return false;
			}
		}
		return true;
	}

}
