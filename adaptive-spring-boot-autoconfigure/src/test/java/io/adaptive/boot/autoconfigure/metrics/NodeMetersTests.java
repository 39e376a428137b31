package io.adaptive.boot.autoconfigure.metrics;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.status.QueueListener;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often the numbers of a node are read.
 */
class NodeMetersTests {

	private static void scrape(SimpleMeterRegistry registry) {
		assertThat(registry.getMeters()).isNotEmpty();
		registry.getMeters()
			.forEach(
					(meter) -> meter.measure().forEach((measurement) -> assertThat(measurement.getValue()).isNotNaN()));
	}

	@Test
	void aScrapeReadsTheNumbersOfTheNodeOnce() {
		AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10);
		AtomicInteger readings = new AtomicInteger();
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		try (AdaptiveNode node = AdaptiveNode.builder()
			.processSpace(new ProcessSpace())
			.scopes(Set.of(Scope.PROCESS))
			.build(); NodeMeters meters = new NodeMeters(() -> {
				readings.incrementAndGet();
				return node.statistics();
			}, registry, clock::get)) {
			WorkerMeters.bind(meters);
			TrafficMeters.bind(meters);
			assertThat(readings).hasValue(0);
			scrape(registry);
			assertThat(readings).hasValue(1);
			clock.addAndGet(Duration.ofMillis(99).toNanos());
			scrape(registry);
			assertThat(readings).hasValue(1);
			clock.addAndGet(Duration.ofMillis(1).toNanos());
			scrape(registry);
			assertThat(readings).hasValue(2);
		}
		registry.close();
	}

	@Test
	void nobodyTakesTheTimeForARegistryThatDoesNotWantIt() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		registry.config().meterFilter(MeterFilter.denyNameStartsWith("adaptive"));
		try (AdaptiveNode node = AdaptiveNode.builder()
			.processSpace(new ProcessSpace())
			.scopes(Set.of(Scope.PROCESS))
			.build(); NodeMeters meters = new NodeMeters(node::statistics, registry, System::nanoTime)) {
			assertThat(WorkerMeters.waits(meters)).isSameAs(QueueListener.NOBODY);
		}
		registry.close();
	}

}
