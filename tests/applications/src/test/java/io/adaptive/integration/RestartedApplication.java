package io.adaptive.integration;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Calls itself, has itself restarted as when a class was changed, and says how that went.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackageClasses = RestartedApplication.class)
@Import(RestartedApplication.EchoService.class)
class RestartedApplication {

	private static final int RESTARTS = 3;

	public static void main(String[] args) {
		new SpringApplicationBuilder(RestartedApplication.class).web(WebApplicationType.NONE).run(args);
	}

	@Bean
	ApplicationRunner calls(Echo echo) {
		return (arguments) -> {
			int number = Integer.getInteger("restarts", 0);
			Work work = echo.echo(new Work(number));
			System.out.printf("run %d answered %d in %s%n", number, work.number(),
					work.getClass().getClassLoader().getClass().getSimpleName());
			System.setProperty("restarts", String.valueOf(number + 1));
			if (number < RESTARTS) {
				new Thread(() -> Restarter.getInstance().restart(), "changed").start();
			}
			else {
				System.exit(0);
			}
		};
	}

	@AdaptiveService(publisher = "test", name = "restarted")
	static class EchoService {

		@MessageHandler
		Work echo(Work work) {
			return work;
		}

	}

	/** Calls the application itself. */
	@Discover(publisher = "test", name = "restarted", timeout = "20s")
	interface Echo {

		Work echo(Work work);

	}

}
