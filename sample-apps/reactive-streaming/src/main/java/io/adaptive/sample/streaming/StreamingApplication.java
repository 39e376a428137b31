package io.adaptive.sample.streaming;

import java.time.Duration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Reads ten numbers of an endless count, slowly.
 */
@SpringBootApplication
public class StreamingApplication {

	public static void main(String[] args) {
		try (ConfigurableApplicationContext context = SpringApplication.run(StreamingApplication.class, args)) {
			context.getBean(Counter.class)
				.count(new CountFrom(1))
				.delayElements(Duration.ofMillis(20))
				.take(10)
				.doOnNext((number) -> System.out.println(number.value()))
				.blockLast();
		}
	}

}
