package io.adaptive.boot.autoconfigure.observation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Services in three applications, each reached in another scope, as OpenTelemetry sees
 * them.
 */
class DistributedTraceTests {

	private static final String NO_PARENT = "0000000000000000";

	private static final ServiceName NEAR = new ServiceName("example", "near");

	private static final ServiceName MIDDLE = new ServiceName("example", "middle");

	private static final ServiceName FAR = new ServiceName("example", "far");

	private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

	private final List<ConfigurableApplicationContext> applications = new ArrayList<>();

	@TempDir
	private Path directory;

	private AdaptiveNode near;

	private AdaptiveNode middle;

	private AdaptiveNode far;

	@BeforeEach
	void startApplications() {
		this.near = application("process,os");
		this.middle = application("os");
		this.far = application("process", "adaptive.listen.port=0");
	}

	@AfterEach
	void stopApplications() {
		this.applications.forEach(ConfigurableApplicationContext::close);
	}

	private AdaptiveNode application(String scopes, String... properties) {
		ConfigurableApplicationContext application = new SpringApplicationBuilder(Traced.class)
			.web(WebApplicationType.NONE)
			.properties("adaptive.scopes=" + scopes, "adaptive.os.socket-directory=" + this.directory.resolve("s"),
					"management.tracing.sampling.probability=1")
			.properties(properties)
			.initializers((context) -> ((GenericApplicationContext) context).registerBean(SpanProcessor.class,
					() -> SimpleSpanProcessor.create(this.exporter)))
			.run();
		this.applications.add(application);
		return application.getBean(AdaptiveNode.class);
	}

	private Connection toFar(AdaptiveNode from) {
		Endpoint.Tcp address = this.far.tcpEndpoint().orElseThrow();
		return from.newClient().connect(address, FAR);
	}

	private List<SpanData> spans(int count) {
		await().until(() -> this.exporter.getFinishedSpanItems().size() >= count);
		return fromTheRoot(this.exporter.getFinishedSpanItems());
	}

	/**
	 * Orders spans by who began whom, as clocks do not tell.
	 */
	private static List<SpanData> fromTheRoot(List<SpanData> spans) {
		List<SpanData> ordered = new ArrayList<>(
				spans.stream().filter((span) -> span.getParentSpanId().equals(NO_PARENT)).toList());
		for (int i = 0; i < ordered.size(); i++) {
			String parent = ordered.get(i).getSpanId();
			ordered.addAll(spans.stream().filter((span) -> span.getParentSpanId().equals(parent)).toList());
		}
		assertThat(ordered).as("all spans lead to a root").hasSameSizeAs(spans);
		return ordered;
	}

	private void publishFar() {
		this.far.newServer().publish(Service.named(FAR).handle(Ask.class, (ask) -> {
			if (ask.text().isEmpty()) {
				throw new IllegalStateException("nothing asked");
			}
			return new Ask(ask.text() + " far");
		}));
	}

	@ParameterizedTest
	@EnumSource
	void aChainOfServicesIsOneTrace(Form form) {
		publishFar();
		Connection far = toFar(this.middle);
		this.middle.newServer().publish(Service.named(MIDDLE).handle(Ask.class, (ask) -> form.call(far, ask)));
		Connection middle = this.near.newClient().discover(MIDDLE);
		this.near.newServer().publish(Service.named(NEAR).handle(Ask.class, (ask) -> form.call(middle, ask)));
		Connection near = this.near.newClient().discover(NEAR);
		assertThat(near.sendRecv(new Ask("how"), Ask.class)).isEqualTo(new Ask("how far"));
		List<SpanData> spans = spans(6);
		assertThat(spans).hasSize(6);
		assertThat(spans).extracting(SpanData::getTraceId).containsOnly(spans.get(0).getTraceId());
		assertThat(spans).extracting(SpanData::getName)
			.containsExactlyElementsOf(Arrays.asList(NEAR, NEAR, MIDDLE, MIDDLE, FAR, FAR)
				.stream()
				.map((service) -> service + " " + Ask.class.getName())
				.toList());
		for (int i = 0; i < 6; i++) {
			assertThat(spans.get(i).getKind()).isEqualTo((i % 2 == 0) ? SpanKind.CLIENT : SpanKind.SERVER);
			String parent = (i == 0) ? NO_PARENT : spans.get(i - 1).getSpanId();
			assertThat(spans.get(i).getParentSpanId()).as("parent of span " + i).isEqualTo(parent);
		}
	}

	@ParameterizedTest
	@EnumSource
	void allThatAHandlerAsksIsPartOfIt(Form form) {
		publishFar();
		Connection far = toFar(this.near);
		this.near.newServer().publish(Service.named(NEAR).handle(Ask.class, (ask) -> form.callTwice(far, ask)));
		Connection near = this.near.newClient().discover(NEAR);
		assertThat(near.sendRecv(new Ask("how"), Ask.class)).isEqualTo(new Ask("how far far"));
		List<SpanData> spans = spans(6);
		String handler = spans.get(1).getSpanId();
		assertThat(spans).hasSize(6).extracting(SpanData::getTraceId).containsOnly(spans.get(0).getTraceId());
		assertThat(spans).filteredOn((span) -> span.getParentSpanId().equals(handler)).hasSize(2);
	}

	@Test
	void anErrorIsSeenAtBothEnds() {
		publishFar();
		Connection far = toFar(this.near);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> far.sendRecv(new Ask(""), Ask.class));
		assertThat(spans(2)).allSatisfy((span) -> {
			assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			assertThat(span.getAttributes().asMap().toString()).contains("outcome=UNKNOWN")
				.contains("adaptive.peer=")
				.contains("adaptive.stream=1");
			boolean client = span.getKind() == SpanKind.CLIENT;
			assertThat(span.getAttributes().get(AttributeKey.stringKey("peer.service")))
				.isEqualTo(client ? FAR.toString() : null);
		});
	}

	@Test
	void messagesOfNobodyInParticularAreTracesOfTheirOwn() {
		publishFar();
		Connection far = toFar(this.near);
		far.send(new Ask("one"));
		far.sendRecv(new Ask("two"), Ask.class);
		List<SpanData> spans = spans(4);
		assertThat(spans).extracting(SpanData::getTraceId)
			.satisfies((ids) -> assertThat(ids.stream().distinct()).hasSize(2));
		assertThat(spans).extracting(SpanData::getKind)
			.containsExactlyInAnyOrder(SpanKind.PRODUCER, SpanKind.CONSUMER, SpanKind.CLIENT, SpanKind.SERVER);
	}

	enum Form {

		BLOCKING {

			@Override
			Object call(Connection next, Ask ask) {
				return next.sendRecv(ask, Ask.class);
			}

			@Override
			Object callTwice(Connection next, Ask ask) {
				return next.sendRecv(next.sendRecv(ask, Ask.class), Ask.class);
			}

		},

		FUTURE {

			@Override
			Object call(Connection next, Ask ask) {
				return next.async().sendRecv(ask, Ask.class);
			}

			@Override
			Object callTwice(Connection next, Ask ask) {
				CompletableFuture<Ask> first = next.async().sendRecv(ask, Ask.class);
				return first.thenCompose((answer) -> next.async().sendRecv(answer, Ask.class));
			}

		},

		REACTOR {

			@Override
			Object call(Connection next, Ask ask) {
				return next.reactive().sendRecv(ask, Ask.class);
			}

			@Override
			Object callTwice(Connection next, Ask ask) {
				Mono<Ask> first = next.reactive().sendRecv(ask, Ask.class);
				return first.flatMap((answer) -> next.reactive().sendRecv(answer, Ask.class));
			}

		};

		abstract Object call(Connection next, Ask ask);

		abstract Object callTwice(Connection next, Ask ask);

	}

	record Ask(String text) {
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AdaptiveAutoConfiguration.class, AdaptiveObservationAutoConfiguration.class,
			MetricsAutoConfiguration.class, ObservationAutoConfiguration.class,
			MicrometerTracingAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class,
			OpenTelemetrySdkAutoConfiguration.class })
	static class Traced {

		@Bean
		ProcessSpace processSpace() {
			return new ProcessSpace();
		}

		@Bean
		SimpleMeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

	}

}
