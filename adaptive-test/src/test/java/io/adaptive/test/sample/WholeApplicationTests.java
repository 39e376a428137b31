package io.adaptive.test.sample;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import io.adaptive.test.ServiceStub;
import io.adaptive.test.spring.AutoConfigureAdaptiveTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

// tag::whole[]
@SpringBootTest
@AutoConfigureAdaptiveTest
class WholeApplicationTests {

	@Discover(publisher = "example", name = "hello")
	private Connection hello;

	@Test
	void theWholeApplicationRunsInMemory(@Autowired AdaptiveNode node) {
		assertThat(node.scopes()).containsExactly(Scope.PROCESS);
		assertThat(this.hello.sendRecv(new HelloRequest("John"), HelloReply.class))
			.isEqualTo(new HelloReply("Hello John"));
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Remote {

		@Bean
		ServiceStub journal() {
			return new ServiceStub(new ServiceName("example.org", "journal")).on(StartUp.Started.class).acknowledge();
		}

	}

}
// end::whole[]
