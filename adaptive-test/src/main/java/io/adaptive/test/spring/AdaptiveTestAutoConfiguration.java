package io.adaptive.test.spring;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.boot.autoconfigure.AdaptiveNodeBuilderCustomizer;
import io.adaptive.test.InMemoryNetwork;
import io.adaptive.test.LinkFaults;
import io.adaptive.test.ServiceStub;
import io.adaptive.test.TestClock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The network of a test's application.
 */
@AutoConfiguration(before = AdaptiveAutoConfiguration.class)
final class AdaptiveTestAutoConfiguration {

	@Bean
	InMemoryNetwork adaptiveInMemoryNetwork(@Value("${adaptive.test.copy-messages:true}") boolean copyMessages) {
		return new InMemoryNetwork(copyMessages);
	}

	@Bean
	LinkFaults adaptiveLinkFaults(InMemoryNetwork network) {
		return network.faults();
	}

	@Bean
	TestClock adaptiveTestClock(InMemoryNetwork network) {
		return network.clock();
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	AdaptiveNodeBuilderCustomizer adaptiveInMemoryNodeCustomizer(InMemoryNetwork network) {
		return network::confine;
	}

	@Bean
	StubPublisher adaptiveStubPublisher(InMemoryNetwork network, ObjectProvider<ServiceStub> stubs) {
		return new StubPublisher(network, stubs);
	}

}
