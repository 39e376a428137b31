package io.adaptive.boot.autoconfigure;

import java.util.List;

import io.adaptive.boot.autoconfigure.EchoService.Echo;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.Discover;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Discover}.
 */
class DiscoverTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process", "adaptive.discover-timeout=0")
		.withBean(ProcessSpace.class);

	@Test
	void connectionIsInjectedIntoAField() {
		this.contextRunner.withBean(EchoService.class)
			.withBean(InField.class)
			.run((context) -> assertEcho(context.getBean(InField.class).echo));
	}

	@Test
	void connectionIsInjectedIntoAConstructor() {
		this.contextRunner.withBean(EchoService.class)
			.withBean(InConstructor.class)
			.run((context) -> assertEcho(context.getBean(InConstructor.class).echo));
	}

	@Test
	void connectionIsInjectedIntoABeanMethod() {
		this.contextRunner.withBean(EchoService.class)
			.withUserConfiguration(InBeanMethod.class)
			.run((context) -> assertEcho(context.getBean(Holder.class).connection()));
	}

	@Test
	void clientInterfaceNeedNotBePublic() {
		this.contextRunner.withBean(EchoService.class)
			.withBean(WithClient.class)
			.run((context) -> assertThat(context.getBean(WithClient.class).echo.twice("hello"))
				.isEqualTo("hello, hello"));
	}

	@Test
	void injectionDoesNotWaitForTheService() {
		this.contextRunner.withBean(InField.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Connection echo = context.getBean(InField.class).echo;
			assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> echo.sendRecv(new Echo("anybody there?"), Echo.class))
				.satisfies((ex) -> assertThat(ex.pattern()).isEqualTo(new ServicePattern("example", "echo")));
		});
	}

	@Test
	void injectionPointsShareTheConnectionOfOneService() {
		this.contextRunner.withBean(InField.class).withBean(InConstructor.class).run((context) -> {
			InConstructor inConstructor = context.getBean(InConstructor.class);
			assertThat(inConstructor.echo).isSameAs(context.getBean(InField.class).echo);
			assertThat(inConstructor.other).isNotSameAs(inConstructor.echo);
		});
	}

	@Test
	void connectionOfTheUserIsInjectedWhereNothingIsDiscovered() {
		this.contextRunner.withUserConfiguration(OwnConnection.class).withBean(InField.class).run((context) -> {
			Connection own = context.getBean("ownConnection", Connection.class);
			assertThat(context.getBean(Holder.class).connection()).isSameAs(own);
			assertThat(context.getBeanProvider(Connection.class).getObject()).isSameAs(own);
			assertThat(context.getBean(InField.class).echo).isNotSameAs(own);
		});
	}

	@Test
	void optionalInjectionPointWithoutDiscoverStaysEmpty() {
		this.contextRunner.withBean(OptionalConnections.class).run((context) -> {
			assertThat(context.getBean(OptionalConnections.class).single).isNull();
			assertThat(context.getBean(OptionalConnections.class).many).isEmpty();
		});
	}

	@Test
	void injectionPointWithoutDiscoverEndsTheStart() {
		this.contextRunner.withBean(WithoutDiscover.class)
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(NoSuchBeanDefinitionException.class)
				.hasMessageContaining(Connection.class.getName()));
	}

	@Test
	void invalidNameInAFieldEndsTheStart() {
		this.contextRunner.withBean(InvalidField.class)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining(InvalidDeclarationException.class.getName())
				.hasStackTraceContaining("@Discover on field echo in " + InvalidField.class.getName()
						+ " names no valid service: The name of a service must not be empty"));
	}

	@Test
	void invalidNameInAConstructorEndsTheStart() {
		this.contextRunner.withBean(InvalidParameter.class)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining(InvalidDeclarationException.class.getName())
				.hasStackTraceContaining("@Discover on parameter 1 of the constructor in "
						+ InvalidParameter.class.getName() + " names no valid service")
				.hasStackTraceContaining("'_'"));
	}

	private static void assertEcho(Connection echo) {
		assertThat(echo.sendRecv(new Echo("hello"), Echo.class)).isEqualTo(new Echo("hello"));
	}

	interface EchoClient {

		Echo echo(Echo message);

		default String twice(String text) {
			return echo(new Echo(text)).text() + ", " + echo(new Echo(text)).text();
		}

	}

	static class WithClient {

		private final EchoClient echo;

		WithClient(@Discover(publisher = "example", name = "echo") EchoClient echo) {
			this.echo = echo;
		}

	}

	record Holder(Connection connection) {

	}

	static class InField {

		@Discover(publisher = "example", name = "echo")
		private Connection echo;

	}

	static class InConstructor {

		private final Connection echo;

		private final Connection other;

		InConstructor(@Discover(publisher = "example", name = "echo") Connection echo,
				@Discover(publisher = "example", name = "other") Connection other) {
			this.echo = echo;
			this.other = other;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InBeanMethod {

		@Bean
		Holder holder(@Discover(publisher = "example", name = "echo") Connection echo) {
			return new Holder(echo);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConnection {

		@Bean
		Connection ownConnection(AdaptiveClient client) {
			return client.lazy(new ServiceName("example", "echo"));
		}

		@Bean
		Holder holder(Connection connection) {
			return new Holder(connection);
		}

	}

	static class OptionalConnections {

		private final @Nullable Connection single;

		private final List<Connection> many;

		OptionalConnections(ObjectProvider<Connection> connections) {
			this.single = connections.getIfAvailable();
			this.many = connections.stream().toList();
		}

	}

	static class WithoutDiscover {

		WithoutDiscover(Connection connection) {
		}

	}

	static class InvalidField {

		@Discover(publisher = "example", name = "")
		private Connection echo;

	}

	static class InvalidParameter {

		InvalidParameter(AdaptiveClient client, @Discover(publisher = "exam_ple", name = "echo") Connection echo) {
		}

	}

}
