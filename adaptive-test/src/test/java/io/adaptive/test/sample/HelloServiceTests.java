package io.adaptive.test.sample;

import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import io.adaptive.test.spring.AdaptiveTest;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

// tag::slice[]
@AdaptiveTest(HelloService.class)
class HelloServiceTests {

	@MockitoBean
	private Greetings greetings;

	@Discover(publisher = "example", name = "hello")
	private Connection hello;

	@Test
	void answersWithAGreeting() {
		given(this.greetings.greet("John")).willReturn("Good morning, John");
		HelloReply reply = this.hello.sendRecv(new HelloRequest("John"), HelloReply.class);
		assertThat(reply.answer()).isEqualTo("Good morning, John");
	}

}
// end::slice[]
