package io.adaptive.benchmark.contestant;

import java.util.Map;

import io.adaptive.node.AdaptiveNode;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The node of a Spring Boot application that has its metrics scraped by Prometheus. It
 * lives as long as its process.
 */
final class MeteredNode {

	private MeteredNode() {
	}

	/**
	 * Starts an application that wants metrics and nothing else.
	 */
	static AdaptiveNode timed(Place place) {
		return start(place, Metered.class);
	}

	/**
	 * Starts an application in which somebody listens to each observation.
	 */
	static AdaptiveNode observed(Place place) {
		return start(place, Observed.class);
	}

	@SuppressWarnings("resource") // ends with the process
	private static AdaptiveNode start(Place place, Class<?> application) {
		System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
		Map<String, Object> properties = Map.of("spring.main.banner-mode", "off", "adaptive.scopes",
				(place.transport() == Transport.OS) ? "os" : "process", "adaptive.os.socket-directory",
				place.directory().toString(), "adaptive.listen.port", place.port());
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.properties(properties)
			.run()
			.getBean(AdaptiveNode.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Metered {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Observed {

		@Bean
		ObservationHandler<Observation.Context> listener() {
			return (context) -> true;
		}

	}

}
