package io.adaptive.boot.autoconfigure;

import java.time.Duration;
import java.util.Set;

import io.adaptive.boot.autoconfigure.EchoService.Echo;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.stream.Connection;
import io.adaptive.transport.ProcessSpace;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
	void nodeIsConfiguredByProperties() {
		this.contextRunner.withPropertyValues("adaptive.provider-id=rack-7", "adaptive.workers.resident=3")
			.run((context) -> {
				AdaptiveNode node = context.getBean(AdaptiveNode.class);
				assertThat(node.instance().provider()).isEqualTo(new ProviderId("rack-7"));
				assertThat(node.workers().resident()).isEqualTo(3);
			});
	}

	@Test
	void nodeHasItsOwnDefaultsWithoutProperties() {
		this.contextRunner.run((context) -> {
			try (AdaptiveNode plain = AdaptiveNode.builder().scopes(Set.of(Scope.PROCESS)).build()) {
				AdaptiveNode node = context.getBean(AdaptiveNode.class);
				assertThat(node.workers().resident()).isEqualTo(plain.workers().resident());
				assertThat(node.instance().provider()).isEqualTo(plain.instance().provider());
			}
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
			.run((context) -> assertThat(context).hasSingleBean(ServicePublisher.class)
				.doesNotHaveBean(KeepAlive.class));
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

}
