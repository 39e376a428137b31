package io.adaptive.boot.autoconfigure.metrics;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
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
			"adaptive.workers.idle, threads, 3", "adaptive.queue.queued, messages, 0",
			"adaptive.discovery.waiting, lookups, 0" })
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
			.withBean("own", NodeMetrics.class)
			.run((context) -> assertThat(context).getBean(NodeMetrics.class).isSameAs(context.getBean("own")));
	}

	@Test
	void whatHappensIsCounted() {
		this.contextRunner.withBean(SimpleMeterRegistry.class).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(AdaptiveServer.class)
				.publish(Service.named("example", "echo").handle(Ask.class, (ask) -> ask));
			try (Connection connection = context.getBean(AdaptiveClient.class).discover("example", "echo")) {
				connection.sendRecv(new Ask("who?"), Ask.class);
				assertThat(
						registry.get("adaptive.connections").tags("scope", "process", "side", "client").gauge().value())
					.isOne();
				assertThat(registry.get("adaptive.streams").tags("scope", "process").gauge().value()).isEqualTo(2);
			}
			assertThat(registry.get("adaptive.traffic.frames")
				.tags("scope", "process", "direction", "out")
				.functionCounter()
				.count()).isPositive();
			assertThat(registry.get("adaptive.discovery.lookups")
				.tags("outcome", "found", "scope", "process")
				.functionCounter()
				.count()).isOne();
			assertThat(registry.get("adaptive.queue.wait").tags("priority", "normal").timer().count()).isPositive();
			assertThat(registry.find("adaptive.traffic.bytes").tags("scope", "process").meter()).isNull();
		});
	}

	@Test
	void onlyWhatANodeIsHasMeters() {
		this.contextRunner.withBean(SimpleMeterRegistry.class)
			.run((context) -> assertThat(context.getBean(MeterRegistry.class).getMeters())
				.extracting((meter) -> meter.getId().getName())
				.noneMatch((name) -> name.startsWith("adaptive.registry") || name.startsWith("adaptive.root")
						|| name.startsWith("adaptive.relay")));
	}

	@Test
	void metersGoWithTheirNodeAndStayOfTheOther() {
		MeterRegistry shared = new SimpleMeterRegistry();
		this.contextRunner.withBean("shared", MeterRegistry.class, () -> shared).run((first) -> {
			Gauge total = shared.get("adaptive.workers.total").gauge();
			this.contextRunner.withBean("shared", MeterRegistry.class, () -> shared)
				.run((second) -> assertThat(shared.get("adaptive.workers.total").gauge()).isSameAs(total));
			assertThat(shared.get("adaptive.workers.total").gauge()).isSameAs(total);
		});
		assertThat(shared.getMeters()).extracting((meter) -> meter.getId().getName())
			.noneMatch((name) -> name.startsWith("adaptive."));
		shared.close();
	}

	@Test
	void metersThatAreRenamedStayOfTheOther() {
		MeterRegistry shared = new SimpleMeterRegistry();
		shared.config().meterFilter(new MeterFilter() {

			@Override
			public Meter.Id map(Meter.Id id) {
				return id.withName("our." + id.getName());
			}

		});
		this.contextRunner.withBean("shared", MeterRegistry.class, () -> shared).run((first) -> {
			Gauge total = shared.get("our.adaptive.workers.total").gauge();
			this.contextRunner.withBean("shared", MeterRegistry.class, () -> shared)
				.run((second) -> assertThat(second).hasNotFailed());
			assertThat(shared.get("our.adaptive.workers.total").gauge()).isSameAs(total);
		});
		assertThat(shared.getMeters()).extracting((meter) -> meter.getId().getName())
			.noneMatch((name) -> name.startsWith("our.adaptive."));
		shared.close();
	}

	@Test
	void nothingIsMeasuredWithoutARegistry() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(NodeMetrics.class));
	}

	@Test
	void nothingIsMeasuredWithoutANode() {
		this.contextRunner.withPropertyValues("adaptive.enabled=false")
			.withBean(SimpleMeterRegistry.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(NodeMetrics.class));
	}

	@Test
	void frameworkWorksWithoutMicrometer() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasSingleBean(AdaptiveNode.class)
				.doesNotHaveBean(AdaptiveMetricsAutoConfiguration.class));
	}

	record Ask(String text) {
	}

}
