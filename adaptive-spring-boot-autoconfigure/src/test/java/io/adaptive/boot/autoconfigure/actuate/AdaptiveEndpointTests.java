package io.adaptive.boot.autoconfigure.actuate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.boot.autoconfigure.DiscoverAutoConfiguration;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.Priority;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AdaptiveEndpoint}, {@link AdaptiveServicesEndpoint} and their
 * auto-configuration.
 */
class AdaptiveEndpointTests {

	private static final ServiceName OTHER = new ServiceName("example", "other");

	@TempDir
	private Path sockets;

	private ApplicationContextRunner contextRunner;

	private final CountDownLatch handling = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	@BeforeEach
	void prepare() {
		this.contextRunner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AdaptiveEndpointAutoConfiguration.class,
					AdaptiveAutoConfiguration.class, DiscoverAutoConfiguration.class, EndpointAutoConfiguration.class,
					JacksonEndpointAutoConfiguration.class))
			.withPropertyValues("adaptive.scopes=process,os", "adaptive.provider-id=rack-7",
					"adaptive.os.socket-directory=" + this.sockets.resolve("s"), "adaptive.workers.max=20",
					"management.endpoints.web.exposure.include=*")
			.withBean(ProcessSpace.class);
	}

	/** Another program of the machine. */
	private AdaptiveNode otherNode() {
		return AdaptiveNode.builder()
			.providerId(new ProviderId("rack-7"))
			.scopes(Set.of(Scope.OS))
			.socketDirectory(this.sockets.resolve("s"))
			.build();
	}

	private String shape(ApplicationContext context, Object body, AdaptiveNode other) {
		AdaptiveNode node = context.getBean(AdaptiveNode.class);
		return context.getBean(EndpointJsonMapper.class)
			.get()
			.writerWithDefaultPrettyPrinter()
			.writeValueAsString(body)
			.replace(Long.toHexString(node.instance().incarnation()), "<own>")
			.replace(Long.toHexString(other.instance().incarnation()), "<other>")
			.replace(this.sockets.resolve("s").toString(), "<sockets>")
			.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>")
			.replaceAll("\"thread\" : \"[^\"]+\"", "\"thread\" : \"<thread>\"")
			.replaceAll("\"(cpus|busy|idle|queueSize|scaledUp)\" : \\d+,", "\"$1\" : 0,")
			.replaceAll("\"total\" : \\d+(,\\s+\"busy\")", "\"total\" : 0$1")
			.replaceAll("/[0-9a-z-]+\\.sock", "/<socket>")
			.replace("\r\n", "\n");
	}

	private static String golden(String name) throws IOException {
		return new ClassPathResource(name, AdaptiveEndpointTests.class).getContentAsString(StandardCharsets.UTF_8)
			.strip();
	}

	@Test
	void theNodeIsShownWithWhatItPublishesKnowsAndWaitsFor() {
		this.contextRunner.withBean(Hello.class).withBean(Greeter.class).run((context) -> {
			AdaptiveNode node = context.getBean(AdaptiveNode.class);
			try (AdaptiveNode other = otherNode()) {
				other.newServer().publish(Service.named(OTHER).handle(Note.class, (note) -> note));
				other.newServer().publish(Service.named("example", "urgent").handle(Note.class, (note) -> note));
				context.getBean(AdaptiveServer.class)
					.publish(Service.named("example", "stock")
						.handle(Note.class, (note) -> note)
						.options(Note.class, HandlerOptions.DEFAULT.priority(Priority.HIGH).asNonBlocking())
						.ordered());
				try (Connection connection = node.newClient().discover(OTHER)) {
					assertThat(connection.sendRecv(new Note("a"), Note.class)).isEqualTo(new Note("a"));
					CompletableFuture<?> search = context.getBean(Greeter.class).greet();
					await().untilAsserted(() -> assertThat(node.view().searches()).hasSize(1));
					await().untilAsserted(
							() -> assertThat(shape(context, context.getBean(AdaptiveEndpoint.class).node(), other))
								.isEqualTo(golden("adaptive.json")));
					assertThat(search).isNotDone();
				}
			}
		});
	}

	@Test
	void servicesAreListedOnceEachWithTheScopesInWhichTheyAreSeen() {
		this.contextRunner.withBean(Hello.class).run((context) -> {
			try (AdaptiveNode other = otherNode()) {
				other.newServer().publish(Service.named(OTHER).handle(Note.class, (note) -> note));
				context.getBean(AdaptiveServer.class).publish(Service.named("example", "stock"));
				AdaptiveServicesEndpoint endpoint = context.getBean(AdaptiveServicesEndpoint.class);
				assertThat(shape(context, endpoint.services("ex*", null, null), other))
					.isEqualTo(golden("adaptiveservices.json"));
				assertThat(endpoint.services("example", "h*", Scope.PROCESS).services().shown()).singleElement()
					.satisfies((row) -> {
						assertThat(row.name()).isEqualTo("hello");
						assertThat(row.process()).isTrue();
						assertThat(row.os()).isFalse();
					});
				assertThat(endpoint.services(null, null, null).services().shown())
					.anySatisfy((row) -> assertThat(row.publisher()).isEqualTo("builtin"));
				assertThat(endpoint.services("nobody", null, null).services().total()).isZero();
			}
		});
	}

	@Test
	void scaleFactorsThatAreNotGivenStay() {
		this.contextRunner.run((context) -> {
			AdaptiveEndpoint endpoint = context.getBean(AdaptiveEndpoint.class);
			NodeDescription.Workers changed = endpoint.scale(3, null, null, 40);
			assertThat(changed.resident()).isEqualTo(3);
			assertThat(changed.queueSizePerCore()).isEqualTo(128);
			assertThat(changed.queueWeight()).isEqualTo(8);
			assertThat(changed.max()).isEqualTo(40);
			assertThat(endpoint.scale(null, 64, -1, null).queueSizePerCore()).isEqualTo(64);
			assertThat(context.getBean(AdaptiveNode.class).workers().resident()).isEqualTo(3);
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "0 | | | | A pool has at least 1 resident worker, not 0",
			" | 0 | | | The queue size is at least 1 per core, not 0",
			" | | 0 | | The queue weight is above 0, or below 0 for a fixed pool, not 0; the default is 8",
			"30 | | | | The maximum of workers is 0 for the default, or not below the 30 resident ones, not 20" })
	void invalidScaleFactorsAreRefusedWithTheRule(Integer resident, Integer queueSize, Integer weight, Integer max,
			String rule) {
		this.contextRunner.run((context) -> assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> context.getBean(AdaptiveEndpoint.class).scale(resident, queueSize, weight, max))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(rule)));
	}

	@Test
	void aServiceIsUnpublishedAndWhatIsInFlightServed() {
		this.contextRunner.run((context) -> {
			AdaptiveServicesEndpoint endpoint = context.getBean(AdaptiveServicesEndpoint.class);
			context.getBean(AdaptiveServer.class).publish(Service.named(OTHER).handle(Note.class, (note) -> {
				this.handling.countDown();
				this.release.await(50, TimeUnit.SECONDS);
				return note;
			}));
			try (AdaptiveNode client = otherNode();
					Connection connection = client.newClient()
						.discoverTimeout(Duration.ofSeconds(20))
						.discover(OTHER)) {
				CompletableFuture<Note> answer = connection.async().sendRecv(new Note("a"), Note.class);
				assertThat(this.handling.await(50, TimeUnit.SECONDS)).isTrue();
				CompletableFuture<UnpublishedService> unpublished = CompletableFuture
					.supplyAsync(() -> endpoint.unpublish("example", "other"));
				await().untilAsserted(
						() -> assertThat(context.getBean(AdaptiveEndpoint.class).node().waiting().drains().shown())
							.singleElement()
							.satisfies((drain) -> assertThat(drain.inFlight()).isEqualTo(1)));
				assertThat(context.getBean(AdaptiveEndpoint.class).node().outOfService()).isTrue();
				this.release.countDown();
				assertThat(unpublished).succeedsWithin(Duration.ofSeconds(20)).satisfies((done) -> {
					assertThat(done.service()).isEqualTo("example/other");
					assertThat(done.scopes()).containsExactlyInAnyOrder(Scope.PROCESS, Scope.OS);
					assertThat(done.drained()).isTrue();
				});
				assertThat(answer).succeedsWithin(Duration.ofSeconds(20));
			}
		});
	}

	@Test
	void aServiceThatIsNotPublishedIsAnErrorThatListsThoseThatAre() {
		this.contextRunner.withBean(Hello.class).run((context) -> {
			AdaptiveServicesEndpoint endpoint = context.getBean(AdaptiveServicesEndpoint.class);
			context.getBean(AdaptiveServer.class).publish(Service.named(OTHER));
			assertThatExceptionOfType(UnknownServiceException.class)
				.isThrownBy(() -> endpoint.unpublish("example", "othr"))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(
						"This application does not publish service example/othr; it publishes example/hello, example/other"));
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.unpublish("builtin", "serviceLister"))
				.satisfies((ex) -> assertThat(ex.getReason())
					.isEqualTo("Service builtin/serviceLister is built in: it is there as long as the application is"));
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.unpublish("a b", "c"))
				.satisfies((ex) -> assertThat(ex.getReason()).contains("a b"));
		});
	}

	@Test
	void longListsAreCutAndSaySo() {
		Excerpt<Integer> excerpt = Excerpt.of(IntStream.range(0, 1_234).boxed().toList(), (each) -> each);
		assertThat(excerpt.total()).isEqualTo(1_234);
		assertThat(excerpt.leftOut()).isEqualTo(734);
		assertThat(excerpt.shown()).hasSize(500).startsWith(0, 1);
	}

	@Test
	void aNativeImageKeepsWhatIsShown() {
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, AdaptiveEndpoint.class,
				AdaptiveServicesEndpoint.class);
		assertThat(List.of(NodeDescription.class, NodeDescription.Connected.class, NodeDescription.Search.class,
				WorkerStatistics.class, ServicesDescription.Row.class, UnpublishedService.class))
			.allSatisfy((type) -> assertThat(RuntimeHintsPredicates.reflection().onType(type)).accepts(hints));
	}

	@Test
	void endpointsThatAreNotExposedAreNotThere() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(AdaptiveEndpoint.class)
				.doesNotHaveBean(AdaptiveServicesEndpoint.class)
				.doesNotHaveBean(AdaptiveServicesWebExtension.class));
	}

	@Test
	void anEndpointWithoutAccessIsNotThere() {
		this.contextRunner.withPropertyValues("management.endpoint.adaptive.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(AdaptiveEndpoint.class)
				.hasSingleBean(AdaptiveServicesEndpoint.class));
	}

	@Test
	void frameworkWorksWithoutActuator() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(AdaptiveEndpointAutoConfiguration.class, AdaptiveAutoConfiguration.class))
			.withPropertyValues("adaptive.scopes=process")
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasSingleBean(AdaptiveNode.class)
				.doesNotHaveBean(AdaptiveEndpointAutoConfiguration.class));
	}

	@Test
	void nothingIsShownWithoutANode() {
		this.contextRunner.withPropertyValues("adaptive.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AdaptiveEndpoint.class));
	}

	@AdaptiveService(publisher = "example", name = "hello")
	static class Hello {

		@MessageHandler
		Note hello(Note note) {
			return note;
		}

	}

	static class Greeter {

		@Discover(publisher = "example", name = "missing", id = "greetings")
		private Connection missing;

		CompletableFuture<?> greet() {
			return this.missing.async().sendRecv(new Note("a"), Note.class);
		}

	}

	record Note(String text) {
	}

}
