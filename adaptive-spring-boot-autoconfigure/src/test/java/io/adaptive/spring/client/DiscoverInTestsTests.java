package io.adaptive.spring.client;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Service;
import io.adaptive.spring.AdaptiveClientScan;
import io.adaptive.spring.Discover;
import io.adaptive.spring.client.elsewhere.Greeter;
import io.adaptive.spring.client.elsewhere.Greeter.Greeting;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Discover} in tests themselves.
 */
@SpringBootTest(classes = DiscoverInTestsTests.Application.class, properties = "adaptive.scopes=process")
class DiscoverInTestsTests {

	private static final ServiceName ECHO = new ServiceName("example", "echo-of-tests");

	@Discover(publisher = "example", name = "echo-of-tests")
	private Connection field;

	private final Connection parameter;

	DiscoverInTestsTests(@Discover(publisher = "example", name = "echo-of-tests") Connection parameter,
			@Autowired AdaptiveNode node) {
		this.parameter = parameter;
		if (node.newClient().list(ServicePattern.of(ECHO)).isEmpty()) {
			node.newServer().publish(Service.named(ECHO).handle(Greeting.class, (greeting) -> greeting));
		}
	}

	@Test
	void aTestClassGetsConnectionsInFieldsAndParameters(
			@Discover(publisher = "example", name = "echo-of-tests") Greeter client) {
		assertThat(this.field).isSameAs(this.parameter);
		assertThat(this.field.sendRecv(new Greeting("you"), Greeting.class)).isEqualTo(new Greeting("you"));
		assertThat(client.greet(new Greeting("me"))).isEqualTo(new Greeting("me"));
	}

	@Nested
	class WithAMock {

		@MockitoBean
		private Greeter greeter;

		@Autowired
		private User user;

		@Test
		void aClientCanBeReplacedByAMock() {
			BDDMockito.given(this.greeter.greet(new Greeting("you"))).willReturn(new Greeting("mock"));
			assertThat(this.user.greeter().greet(new Greeting("you"))).isEqualTo(new Greeting("mock"));
		}

	}

	record User(Greeter greeter) {
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AdaptiveAutoConfiguration.class)
	@AdaptiveClientScan(basePackageClasses = Greeter.class)
	static class Application {

		@Bean
		ProcessSpace processSpace() {
			return new ProcessSpace();
		}

		@Bean
		User user(Greeter greeter) {
			return new User(greeter);
		}

	}

}
