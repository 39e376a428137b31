package io.adaptive.integration;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * One of the processes that publish the service.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ProviderApplication.WorkService.class)
class ProviderApplication {

	public static void main(String[] args) {
		new SpringApplicationBuilder(ProviderApplication.class).web(WebApplicationType.NONE).run(args);
	}

	@AdaptiveService(publisher = "test", name = "work")
	static class WorkService {

		private final String name;

		WorkService(@Value("${provider}") String name) {
			this.name = name;
		}

		@MessageHandler
		Done handle(Work work) throws InterruptedException {
			// Long enough for some to be in flight at any moment.
			Thread.sleep(1);
			return new Done(work.number(), this.name);
		}

	}

}
