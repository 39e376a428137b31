package io.adaptive.sample.hello.client;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Asks the hello service one question, waiting for the service if need be.
 */
@SpringBootApplication
public class HelloClient {

	public static void main(String[] args) {
		System.out.println(ask(HelloClient.class, args));
	}

	/**
	 * Runs an application just long enough to ask, so that nothing is logged after the
	 * answer.
	 * @param application the application, with this class in its component scan
	 * @param args {@code --who=...} and {@code --question=...}, or any property
	 * @return the answer
	 */
	public static String ask(Class<?> application, String... args) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
			.web(WebApplicationType.NONE)
			.run(args)) {
			Environment environment = context.getEnvironment();
			return context.getBean(Greeter.class)
				.ask(environment.getProperty("who", "John"), environment.getProperty("question", "who are you"));
		}
	}

}
