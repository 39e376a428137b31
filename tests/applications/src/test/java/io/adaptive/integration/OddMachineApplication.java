package io.adaptive.integration;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * A small application that publishes a service and ends.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(AdaptiveAutoConfiguration.class)
@Import(OddMachineApplication.WorkService.class)
class OddMachineApplication {

	static final String STARTED = "application has started";

	public static void main(String[] args) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(OddMachineApplication.class)
			.web(WebApplicationType.NONE)
			.run(args);
		System.out.println(STARTED);
		context.close();
	}

	@AdaptiveService(publisher = "test", name = "work")
	static class WorkService {

		@MessageHandler
		Done handle(Work work) {
			return new Done(work.number(), "odd");
		}

	}

}
