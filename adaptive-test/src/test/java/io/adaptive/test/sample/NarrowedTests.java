package io.adaptive.test.sample;

import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import io.adaptive.test.spring.AdaptiveTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

@AdaptiveTest(HelloService.class)
class NarrowedTests {

	@MockitoBean
	private Greetings greetings;

	@Discover(publisher = "example", name = "hello")
	private Connection hello;

	@Test
	void onlyTheServiceThatIsNamedIsThere(@Autowired ApplicationContext context) {
		assertThat(context.getBeansOfType(HelloService.class)).hasSize(1);
		assertThat(context.getBeansOfType(AdviceService.class)).isEmpty();
		assertThat(this.hello.info().scope()).isEqualTo(Scope.PROCESS);
	}

	@Nested
	@TestPropertySource(properties = { "adaptive.scopes=process,os,lan", "adaptive.listen.port=0",
			"adaptive.registry.address=192.0.2.1:7000" })
	class WithPropertiesOfProduction {

		@Discover(publisher = "example", name = "hello")
		private Connection sameName;

		@Test
		void opensNoSocketAndMeetsNoOtherContext(@Autowired AdaptiveNode node) {
			given(NarrowedTests.this.greetings.greet("Jane")).willReturn("Good evening, Jane");
			assertThat(node.scopes()).containsExactly(Scope.PROCESS);
			assertThat(node.tcpEndpoint()).isEmpty();
			assertThat(node.registries()).isEmpty();
			assertThat(this.sameName.sendRecv(new HelloRequest("Jane"), HelloReply.class))
				.isEqualTo(new HelloReply("Good evening, Jane"));
		}

	}

}
