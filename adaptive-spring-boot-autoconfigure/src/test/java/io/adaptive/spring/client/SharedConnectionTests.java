package io.adaptive.spring.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.boot.autoconfigure.DiscoverAutoConfiguration;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.StreamResetException;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Service;
import io.adaptive.spring.Discover;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link SharedConnection}: closing an injected connection harms no other user.
 */
@ExtendWith(OutputCaptureExtension.class)
class SharedConnectionTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final String LINE = "injected connection left open";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class, DiscoverAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process", "adaptive.discover-timeout=0")
		.withBean(ProcessSpace.class)
		.withBean(Injected.class);

	private final CompletableFuture<ContextStream> ticking = new CompletableFuture<>();

	private void run(Check test) {
		this.contextRunner.run((context) -> {
			context.getBean(AdaptiveNode.class)
				.newServer()
				.publish(Service.named("example", "clock")
					.handle(Ask.class, (ask) -> new Time(12))
					.handle(Tick.class, (tick, stream) -> {
						this.ticking.complete(stream);
						return new Time(0);
					}));
			test.accept(context, context.getBean(Injected.class));
		});
	}

	@Test
	void closingDoesNothingHoweverTheConnectionWasInjected(CapturedOutput output) {
		run((context, injected) -> injected.all().forEach((way, connection) -> {
			for (int i = 0; i < 3; i++) {
				connection.close();
				assertThat(connection.isOpen()).as(way).isTrue();
				assertThat(connection.sendRecv(new Ask(), Time.class)).as(way).isEqualTo(new Time(12));
			}
			assertThat(injected.client.ask(new Ask())).as(way).isEqualTo(new Time(12));
		}));
		// One for the connection to the service, one for the connection to its instance.
		assertThat(linesIn(output)).isEqualTo(2);
	}

	@Test
	void closingDoesNothingHoweverItIsClosed() {
		run((context, injected) -> {
			Connection connection = injected.field;
			try (Connection closed = connection) {
				assertThat(closed.sendRecv(new Ask(), Time.class)).isEqualTo(new Time(12));
			}
			try (MessageStream defaultStream = connection) {
				assertThat(defaultStream.async().sendRecv(new Ask(), Time.class).join()).isEqualTo(new Time(12));
			}
			Mono<Time> using = Mono.using(() -> connection, (each) -> each.reactive().sendRecv(new Ask(), Time.class),
					Connection::close);
			assertThat(using.block(SOON)).isEqualTo(new Time(12));
			assertThat(using.block(SOON)).isEqualTo(new Time(12));
			assertThat(injected.constructor.sendRecv(new Ask(), Time.class)).isEqualTo(new Time(12));
		});
	}

	@Test
	void streamsOfAnInjectedConnectionDoClose() {
		run((context, injected) -> {
			List<MessageStream> streams = List.of(injected.field.newStream(),
					injected.field.newStreamAsync(CallSettings.DEFAULT).join());
			streams.forEach((stream) -> {
				assertThat(stream.sendRecv(new Ask(), Time.class)).isEqualTo(new Time(12));
				stream.close();
				assertThatExceptionOfType(StreamResetException.class).isThrownBy(() -> stream.send(new Ask()));
			});
			assertThat(injected.field.sendRecv(new Ask(), Time.class)).isEqualTo(new Time(12));
		});
	}

	@Test
	void aReceiveThatIsGivenUpTakesNoMessage() {
		run((context, injected) -> {
			Connection connection = injected.field;
			assertThat(connection.sendRecv(new Tick(), Time.class)).isEqualTo(new Time(0));
			for (int i = 0; i < 3; i++) {
				connection.async().recv(Time.class).cancel(true);
				assertThat(connection.async().recv(Time.class).orTimeout(1, TimeUnit.MILLISECONDS)).failsWithin(SOON);
				connection.reactive().recv(Time.class).subscribe().dispose();
				assertThatThrownBy(() -> connection.reactive().recv(Time.class).block(Duration.ofMillis(1)))
					.isNotNull();
				connection.reactive().recvAll(Time.class).subscribe().dispose();
			}
			for (int hour = 1; hour <= 5; hour++) {
				this.ticking.join().send(new Time(hour));
			}
			connection.setReceiveTimeout(SOON);
			for (int hour = 1; hour <= 5; hour++) {
				assertThat(connection.recv(Time.class)).isEqualTo(new Time(hour));
			}
		});
	}

	@Test
	void anInjectedConnectionAndItsStreamsTellWhetherTheyAreWritable() {
		run((context, injected) -> injected.all().forEach((way, connection) -> {
			assertThat(connection.async().whenWritable()).as(way).succeedsWithin(SOON);
			assertThat(connection.isWritable()).as(way).isTrue();
			connection.reactive().whenWritable().block(SOON);
			MessageStream stream = connection.newStream();
			assertThat(stream.isWritable()).as(way).isTrue();
			stream.close();
			assertThat(stream.isWritable()).as(way).isFalse();
			assertThat(stream.async().whenWritable()).as(way).failsWithin(SOON);
		}));
	}

	@Test
	void aBeanThatIsAnInjectedConnectionIsNotClosedWithItsContext() {
		run((context, injected) -> {
			try (AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
				child.setParent(context);
				child.registerBean("handedOn", Connection.class, () -> injected.field,
						(definition) -> definition.setDestroyMethodName("(inferred)"));
				child.refresh();
				assertThat(child.getBean("handedOn", Connection.class)).isSameAs(injected.field);
			}
			assertThat(injected.field.sendRecv(new Ask(), Time.class)).isEqualTo(new Time(12));
		});
	}

	@Test
	void theApplicationContextClosesItsConnections(CapturedOutput output) {
		Map<String, Connection> connections = new LinkedHashMap<>();
		this.contextRunner.withUserConfiguration(HandedOn.class).run((context) -> {
			context.getBean(AdaptiveNode.class)
				.newServer()
				.publish(Service.named("example", "clock").handle(Ask.class, (ask) -> new Time(12)));
			connections.putAll(context.getBean(Injected.class).all());
			connections.values().forEach((connection) -> connection.sendRecv(new Ask(), Time.class));
		});
		// Resolved anew each time, by a context that is not there any more.
		connections.remove("lazy");
		assertThat(connections).hasSize(7);
		connections.forEach((way, connection) -> {
			assertThat(connection.isOpen()).as(way).isFalse();
			assertThatExceptionOfType(AdaptiveException.class).as(way).isThrownBy(() -> connection.send(new Ask()));
		});
		assertThat(linesIn(output)).isLessThanOrEqualTo(1);
	}

	private static long linesIn(CapturedOutput output) {
		return Arrays.stream(output.getAll().split("\n")).filter((line) -> line.contains(LINE)).count();
	}

	private interface Check {

		void accept(ApplicationContext context, Injected injected);

	}

	record Ask() {

	}

	record Tick() {

	}

	record Time(int hour) {

	}

	@Discover(publisher = "example", name = "clock")
	interface Clock {

		Time ask(Ask ask);

	}

	static final class Injected {

		private final Connection constructor;

		private final ObjectProvider<Connection> provider;

		private final Optional<Connection> optional;

		@Autowired
		@Discover(publisher = "example", name = "clock")
		private Connection field;

		@Autowired
		@Lazy
		@Discover(publisher = "example", name = "clock")
		private Connection lazy;

		@Autowired
		@Discover(publisher = "example", name = "clock")
		private List<Connection> list;

		@Autowired
		@Discover(publisher = "example", name = "clock")
		private Flux<Connection> flux;

		@Autowired
		@Discover(publisher = "example", name = "clock")
		private Clock client;

		private Connection setter;

		Injected(@Discover(publisher = "example", name = "clock") Connection constructor,
				@Discover(publisher = "example", name = "clock") ObjectProvider<Connection> provider,
				@Discover(publisher = "example", name = "clock") Optional<Connection> optional) {
			this.constructor = constructor;
			this.provider = provider;
			this.optional = optional;
		}

		@Autowired
		void setSetter(@Discover(publisher = "example", name = "clock") Connection setter) {
			this.setter = setter;
		}

		Map<String, Connection> all() {
			Awaitility.await().atMost(SOON).until(() -> this.list.size() == 1);
			Map<String, Connection> all = new LinkedHashMap<>();
			all.put("constructor", this.constructor);
			all.put("field", this.field);
			all.put("setter", this.setter);
			all.put("provider", this.provider.getObject());
			all.put("optional", this.optional.orElseThrow());
			all.put("lazy", this.lazy);
			all.put("list", this.list.get(0));
			all.put("flux", this.flux.blockFirst(SOON));
			return all;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HandedOn {

		@Bean
		Connection clock(@Discover(publisher = "example", name = "clock") Connection clock) {
			return clock;
		}

	}

}
