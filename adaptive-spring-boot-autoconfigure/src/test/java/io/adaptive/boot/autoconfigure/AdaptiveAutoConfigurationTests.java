package io.adaptive.boot.autoconfigure;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.adaptive.boot.autoconfigure.EchoService.Echo;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.MessageTooLargeException;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.settings.WorkerKind;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AdaptiveAutoConfiguration}.
 */
class AdaptiveAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process")
		.withBean(ProcessSpace.class);

	@Test
	void nodeServerAndClientAreDefined() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(AdaptiveNode.class)
			.hasSingleBean(AdaptiveServer.class)
			.hasSingleBean(AdaptiveClient.class));
	}

	@Test
	void nothingIsDefinedWithoutTheFramework() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(AdaptiveNode.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AdaptiveAutoConfiguration.class));
	}

	@Test
	void nothingIsDefinedWhenSwitchedOff() {
		this.contextRunner.withPropertyValues("adaptive.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AdaptiveAutoConfiguration.class));
	}

	@Test
	void nodeServerAndClientOfTheUserAreKept() {
		this.contextRunner.withUserConfiguration(OwnBeans.class).run((context) -> {
			assertThat(context).getBean(AdaptiveNode.class).isSameAs(context.getBean("ownNode"));
			assertThat(context).getBean(AdaptiveServer.class).isSameAs(context.getBean("ownServer"));
			assertThat(context).getBean(AdaptiveClient.class).isSameAs(context.getBean("ownClient"));
		});
	}

	@Test
	void nodeIsChangedByCustomizersAfterTheProperties() {
		this.contextRunner.withPropertyValues("adaptive.provider-id=of-the-properties")
			.withBean("first", AdaptiveNodeBuilderCustomizer.class,
					() -> (builder) -> builder.providerId(new ProviderId("of-a-customizer")))
			.run((context) -> assertThat(context.getBean(AdaptiveNode.class).instance().provider())
				.isEqualTo(new ProviderId("of-a-customizer")));
	}

	@Test
	void nodeIsConfiguredByProperties() {
		this.contextRunner.withPropertyValues("adaptive.provider-id=rack-7", "adaptive.workers.resident=3")
			.run((context) -> {
				AdaptiveNode node = context.getBean(AdaptiveNode.class);
				assertThat(node.instance().provider()).isEqualTo(new ProviderId("rack-7"));
				assertThat(node.workers().resident()).isEqualTo(3);
			});
	}

	@Test
	void workersAreConfiguredByProperties() {
		this.contextRunner
			.withPropertyValues("adaptive.workers.resident=3", "adaptive.workers.queue-size-per-core=7",
					"adaptive.workers.queue-weight=5", "adaptive.workers.max=9")
			.run((context) -> {
				WorkerStatistics workers = context.getBean(AdaptiveNode.class).workers();
				assertThat(workers.resident()).isEqualTo(3);
				assertThat(workers.queueSize()).isEqualTo(7 * workers.cpus());
				assertThat(workers.weight()).isEqualTo(5);
				assertThat(workers.maximum()).isEqualTo(9);
			});
	}

	@Test
	void fullQueueOfAFixedPoolRefusesMessagesIfShedding() {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		this.contextRunner
			.withPropertyValues("adaptive.workers.shedding=true", "adaptive.workers.queue-weight=-1",
					"adaptive.workers.queue-size-per-core=1")
			.run((context) -> {
				context.getBean(AdaptiveServer.class)
					.publish(Service.named("example", "busy").handle(Echo.class, (Echo echo) -> {
						handling.countDown();
						release.await();
						return echo;
					}));
				Connection busy = context.getBean(AdaptiveClient.class).discover("example", "busy");
				List<CompletableFuture<Echo>> accepted = new ArrayList<>();
				accepted.add(busy.async().sendRecv(new Echo("x"), Echo.class));
				// The only worker has taken it, so that it waits no longer.
				handling.await();
				for (int i = context.getBean(AdaptiveNode.class).workers().cpus(); i > 0; i--) {
					accepted.add(busy.async().sendRecv(new Echo("x"), Echo.class));
				}
				assertThat(busy.async().sendRecv(new Echo("x"), Echo.class)).failsWithin(Duration.ofSeconds(50))
					.withThrowableThat()
					.havingCause()
					.isInstanceOfSatisfying(AdaptiveException.class,
							(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
				assertThat(accepted).noneMatch(CompletableFuture::isDone);
				release.countDown();
				assertThat(accepted).allSatisfy((call) -> assertThat(call).succeedsWithin(Duration.ofSeconds(50)));
			});
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-, false, platform", "platform, -, platform", "platform, true, platform",
			"auto, false, auto", "auto, true, auto", "-, -, auto" })
	void workersAreOfTheKindSetHereElseOfTheKindSetForSpring(String kind, String springVirtual, String expected) {
		assertThat(kindOfWorkers(kind, springVirtual)).isEqualTo(WorkerKind.valueOf(expected.toUpperCase(Locale.ROOT)));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void workersAreVirtualIfWanted() {
		assertThat(kindOfWorkers(null, "true")).isEqualTo(WorkerKind.VIRTUAL);
		this.contextRunner.withPropertyValues("adaptive.workers.kind=virtual")
			.run((context) -> assertThat(context.getBean(AdaptiveNode.class).workers().maximum()).isEqualTo(10_000));
		this.contextRunner.withPropertyValues("spring.threads.virtual.enabled=false")
			.run((context) -> assertThat(context.getBean(AdaptiveNode.class).workers().maximum()).isEqualTo(1024));
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void virtualWorkersWithoutVirtualThreadsAreAnErrorHereAndNoneForSpring() {
		assertThat(kindOfWorkers(null, "true")).isEqualTo(WorkerKind.AUTO);
		this.contextRunner.withPropertyValues("adaptive.workers.kind=virtual")
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("Virtual workers need Java 21"));
	}

	private static WorkerKind kindOfWorkers(String kind, String springVirtual) {
		MockEnvironment environment = new MockEnvironment();
		if (kind != null) {
			environment.setProperty("adaptive.workers.kind", kind);
		}
		if (springVirtual != null) {
			environment.setProperty("spring.threads.virtual.enabled", springVirtual);
		}
		AdaptiveProperties properties = Binder.get(environment).bindOrCreate("adaptive", AdaptiveProperties.class);
		return new NodeSettings(properties, environment).workerKind();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-, fory", "json, json" })
	void connectionsAreOpenedWithTheConfiguredCodec(String configured, String offered) {
		String[] properties = (configured != null) ? new String[] { "adaptive.codec=" + configured } : new String[0];
		this.contextRunner.withPropertyValues(properties)
			.run((context) -> assertThat(openingOf(context.getBean(AdaptiveClient.class))).contains(offered));
	}

	/**
	 * Returns the first bytes that a client sends to a server, as text.
	 */
	private static String openingOf(AdaptiveClient client) throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Endpoint endpoint = new Endpoint.Tcp("127.0.0.1", server.getLocalPort());
			Thread connecting = new Thread(() -> assertThatExceptionOfType(ConnectionRefusedException.class)
				.isThrownBy(() -> client.connect(endpoint, new ServiceName("example", "raw"))));
			connecting.start();
			try (Socket socket = server.accept(); DataInputStream in = new DataInputStream(socket.getInputStream())) {
				in.skipNBytes(6);
				return new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.UTF_8);
			}
		}
	}

	@Test
	void codecWithoutItsLibraryNamesTheLibrary() {
		this.contextRunner.withPropertyValues("adaptive.codec=cbor")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("no payload codec \"cbor\"")
				.hasMessageContaining("cbor needs tools.jackson.dataformat:jackson-dataformat-cbor"));
	}

	@Test
	void servicesAreReachedOverTcpIfAPortIsGiven() {
		this.contextRunner.withPropertyValues("adaptive.listen.port=0").withBean(EchoService.class).run((context) -> {
			AdaptiveNode node = context.getBean(AdaptiveNode.class);
			assertThat(node.scopes()).containsExactly(Scope.PROCESS, Scope.LAN);
			context.publishEvent(new AvailabilityChangeEvent<>(context, ReadinessState.ACCEPTING_TRAFFIC));
			Endpoint.Tcp endpoint = node.tcpEndpoint().orElseThrow();
			assertThat(InetAddress.getByName(endpoint.host()).isLoopbackAddress()).isTrue();
			Connection connection = context.getBean(AdaptiveClient.class)
				.connect(endpoint, new ServiceName("example", "echo"));
			assertThat(connection.sendRecv(new Echo("hello"), Echo.class)).isEqualTo(new Echo("hello"));
		});
	}

	@Test
	void hostAloneListensOnAnyPort() {
		this.contextRunner.withPropertyValues("adaptive.listen.host=127.0.0.2").run((context) -> {
			context.getBean(AdaptiveServer.class).publish(Service.named("example", "far"));
			assertThat(context.getBean(AdaptiveNode.class).tcpEndpoint()).get()
				.matches((endpoint) -> endpoint.host().equals("127.0.0.2") && endpoint.port() > 0);
		});
	}

	@TempDir
	private Path sockets;

	@Test
	void anApplicationIsInTheScopesThatItsPropertiesOpen() {
		this.contextRunner.withPropertyValues("adaptive.scopes=process,lan", "adaptive.lan.interfaces=lo")
			.run((context) -> assertThat(context.getBean(AdaptiveNode.class).scopes()).containsExactly(Scope.PROCESS,
					Scope.LAN));
		this.contextRunner
			.withPropertyValues("adaptive.scopes=process,wan", "adaptive.registry.addresses=127.0.0.1:1",
					"adaptive.listen.port=0")
			.run((context) -> assertThat(context.getBean(AdaptiveNode.class).scopes()).containsExactly(Scope.PROCESS,
					Scope.WAN));
		ApplicationContextRunner unnamed = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
			.withPropertyValues("adaptive.os.socket-directory=" + this.sockets.resolve("s"))
			.withBean(ProcessSpace.class);
		unnamed.withPropertyValues("adaptive.lan.port=7300", "adaptive.lan.interfaces=lo")
			.run((context) -> assertThat(context.getBean(AdaptiveNode.class).scopes()).containsExactly(Scope.PROCESS,
					Scope.OS, Scope.LAN));
		unnamed.withPropertyValues("adaptive.registry.addresses=127.0.0.1:1")
			.run((context) -> assertThat(context.getBean(AdaptiveNode.class).scopes()).containsExactly(Scope.PROCESS,
					Scope.OS, Scope.WAN));
	}

	@Test
	void anApplicationIsInNoScopeThatItDoesNotName() {
		this.contextRunner
			.withPropertyValues("adaptive.lan.port=7300", "adaptive.lan.interfaces=lo",
					"adaptive.registry.addresses=127.0.0.1:1")
			.run((context) -> {
				AdaptiveNode node = context.getBean(AdaptiveNode.class);
				assertThat(node.scopes()).containsExactly(Scope.PROCESS);
				assertThat(node.searchedScopes()).containsExactly(Scope.PROCESS);
				assertThat(node.registries()).isEmpty();
				assertThat(node.view().lan()).isEmpty();
				assertThat(node.tcpEndpoint()).isEmpty();
			});
	}

	@ParameterizedTest
	@CsvSource({ "adaptive.listen.port=65536, 65535", "adaptive.listen.host=host:80, 'without a port, not \"host:80\"'",
			"adaptive.listen.advertised-hosts=a b, 'without a port, not \"a b\"'" })
	void propertiesThatMakeNoNodeAreRefusedWithTheirRule(String property, String rule) {
		this.contextRunner.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining(rule));
	}

	@Test
	void limitsOfConnectionsAreThoseOfTheProperties() {
		this.contextRunner
			.withPropertyValues("adaptive.link.max-message-size=20KB", "adaptive.listen.port=0",
					"adaptive.scopes=process")
			.run((context) -> {
				context.getBean(AdaptiveServer.class)
					.publish(Service.named("example", "far").handle(Echo.class, (Echo echo) -> echo));
				Connection connection = context.getBean(AdaptiveClient.class)
					.connect(context.getBean(AdaptiveNode.class).tcpEndpoint().orElseThrow(),
							new ServiceName("example", "far"));
				assertThatExceptionOfType(MessageTooLargeException.class)
					.isThrownBy(() -> connection.sendRecv(new Echo("x".repeat(30_000)), Echo.class))
					.withMessageContaining("20480");
			});
	}

	@Test
	void nodeHasItsOwnDefaultsWithoutProperties() {
		this.contextRunner.run((context) -> {
			try (AdaptiveNode plain = AdaptiveNode.builder().scopes(Set.of(Scope.PROCESS)).build()) {
				AdaptiveNode node = context.getBean(AdaptiveNode.class);
				assertThat(node.workers()).usingRecursiveComparison()
					.comparingOnlyFields("resident", "weight", "queueSize", "maximum")
					.isEqualTo(plain.workers());
				assertThat(node.instance().provider()).isEqualTo(plain.instance().provider());
				assertThat(node.scopes()).isEqualTo(plain.scopes());
				assertThat(node.tcpEndpoint()).isEmpty();
			}
		});
	}

	@Test
	void everyClientOfTheNodeWaitsAsLongAsConfiguredUnlessItSaysOtherwise() {
		this.contextRunner.withPropertyValues("adaptive.discover-timeout=20ms").run((context) -> {
			AdaptiveClient own = context.getBean(AdaptiveNode.class).newClient();
			assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> own.discover("example", "nobody"))
				.withMessageContaining("within 20 ms");
			assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> own.discoverTimeout(Duration.ofMillis(30)).discover("example", "nobody"))
				.withMessageContaining("within 30 ms");
		});
	}

	@Test
	void clientWaitsAsLongAsConfigured() {
		this.contextRunner.withPropertyValues("adaptive.discover-timeout=20ms").run((context) -> {
			AdaptiveClient client = context.getBean(AdaptiveClient.class);
			assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> client.discover("example", "nobody"))
				.satisfies((ex) -> assertThat(ex.scopes()).containsExactly(Scope.PROCESS))
				.withMessageContaining("within 20 ms");
		});
	}

	@Test
	void contextsWithTheirOwnProcessSpaceDoNotMeet() {
		ApplicationContextRunner publishing = this.contextRunner.withBean(EchoService.class);
		publishing.run((context) -> publishing.run((other) -> {
			assertThat(other).hasNotFailed();
			assertThat(call(context.getBean(AdaptiveClient.class)).info().peer())
				.isEqualTo(context.getBean(AdaptiveNode.class).instance());
			assertThat(call(other.getBean(AdaptiveClient.class)).info().peer())
				.isEqualTo(other.getBean(AdaptiveNode.class).instance());
		}));
	}

	@Test
	void applicationThatPublishesIsKeptAlive() {
		this.contextRunner.withBean(EchoService.class).run((context) -> {
			assertThat(context).hasSingleBean(KeepAlive.class);
			Thread thread = keepAliveThread();
			assertThat(thread.isDaemon()).isFalse();
			context.close();
			thread.join(Duration.ofSeconds(5).toMillis());
			assertThat(thread.isAlive()).isFalse();
		});
	}

	@Test
	void serviceOfABeanMethodKeepsAnApplicationAlive() {
		this.contextRunner.withUserConfiguration(BeanMethodService.class)
			.run((context) -> assertThat(context).hasSingleBean(KeepAlive.class));
	}

	@Test
	void applicationThatPublishesNothingIsNotKeptAlive() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(KeepAlive.class));
	}

	@Test
	void keepingAliveCanBeSwitchedOff() {
		this.contextRunner.withBean(EchoService.class)
			.withPropertyValues("adaptive.server.keep-alive=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KeepAlive.class));
	}

	@Test
	void webServerKeepsAWebApplicationAlive() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
			.withPropertyValues("adaptive.scopes=process")
			.withBean(ProcessSpace.class)
			.withBean(EchoService.class)
			.run((context) -> assertThat(context).hasBean("adaptiveServicePublisher").doesNotHaveBean(KeepAlive.class));
	}

	private static Connection call(AdaptiveClient client) {
		Connection connection = client.discover("example", "echo");
		assertThat(connection.sendRecv(new Echo("hello"), Echo.class)).isEqualTo(new Echo("hello"));
		return connection;
	}

	private static Thread keepAliveThread() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("adaptive-keep-alive"))
			.findAny()
			.orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		AdaptiveNode ownNode() {
			return AdaptiveNode.builder().scopes(Set.of(Scope.PROCESS)).processSpace(new ProcessSpace()).build();
		}

		@Bean
		AdaptiveServer ownServer(AdaptiveNode node) {
			return node.newServer();
		}

		@Bean
		AdaptiveClient ownClient(AdaptiveNode node) {
			return node.newClient();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BeanMethodService {

		@Bean
		@AdaptiveService(publisher = "example", name = "answer")
		Answering answering() {
			return new Answering();
		}

	}

	static class Answering {

		@MessageHandler
		Echo echo(Echo echo) {
			return echo;
		}

	}

}
