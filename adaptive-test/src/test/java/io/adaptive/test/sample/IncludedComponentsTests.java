package io.adaptive.test.sample;

import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import io.adaptive.test.ServiceStub;
import io.adaptive.test.spring.AdaptiveTest;
import io.adaptive.test.spring.StubService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

import static org.assertj.core.api.Assertions.assertThat;

@AdaptiveTest(properties = "adaptive.provider-id=included",
		includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Greetings.class))
class IncludedComponentsTests {

	@StubService(publisher = "example.org", name = "weather")
	private ServiceStub weather;

	@Discover(publisher = "example", name = "hello")
	private Connection hello;

	@Test
	void allServicesAndWhatIsIncludedAreThere(@Autowired ApplicationContext context) {
		assertThat(context.getBeansOfType(AdviceService.class)).hasSize(1);
		assertThat(context.getBeansOfType(StartUp.class)).isEmpty();
		HelloReply reply = this.hello.sendRecv(new HelloRequest("John"), HelloReply.class);
		assertThat(reply.answer()).isEqualTo("Hello John");
	}

	@Test
	void propertiesAreThoseOfTheTest() {
		assertThat(this.hello.info().peer().provider()).hasToString("included");
	}

}
