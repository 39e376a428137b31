package io.adaptive.boot.autoconfigure.metrics;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.transport.ProcessSpace;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AdaptiveMetricsAutoConfiguration}.
 */
class AdaptiveMetricsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveMetricsAutoConfiguration.class,
				AdaptiveAutoConfiguration.class, MetricsAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process", "adaptive.workers.resident=3")
		.withBean(ProcessSpace.class);

	@ParameterizedTest
	@CsvSource({ "adaptive.workers.resident, threads, 3", "adaptive.workers.target, threads, 3",
			"adaptive.workers.total, threads, 3", "adaptive.workers.busy, threads, 0",
			"adaptive.workers.idle, threads, 3", "adaptive.queue.queued, messages, 0" })
	void gaugeShowsTheNumberOfTheNode(String name, String baseUnit, double value) {
		this.contextRunner.withBean(SimpleMeterRegistry.class).run((context) -> {
			Gauge gauge = context.getBean(MeterRegistry.class).get(name).gauge();
			// A worker that has just been started may not be idle yet.
			await().untilAsserted(() -> assertThat(gauge.value()).isEqualTo(value));
			assertThat(gauge.getId().getBaseUnit()).isEqualTo(baseUnit);
			assertThat(gauge.getId().getDescription()).isNotBlank();
		});
	}

	@Test
	void metricsOfTheUserAreKept() {
		this.contextRunner.withBean(SimpleMeterRegistry.class)
			.withBean("own", WorkerMetrics.class)
			.run((context) -> assertThat(context).getBean(WorkerMetrics.class).isSameAs(context.getBean("own")));
	}

	@Test
	void nothingIsMeasuredWithoutARegistry() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WorkerMetrics.class));
	}

	@Test
	void nothingIsMeasuredWithoutANode() {
		this.contextRunner.withPropertyValues("adaptive.enabled=false")
			.withBean(SimpleMeterRegistry.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WorkerMetrics.class));
	}

	@Test
	void frameworkWorksWithoutMicrometer() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasSingleBean(AdaptiveNode.class)
				.doesNotHaveBean(AdaptiveMetricsAutoConfiguration.class));
	}

}
