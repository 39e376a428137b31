package io.adaptive.sample.hello.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Publishes the hello service until it is stopped.
 */
@SpringBootApplication
public class HelloServer {

	public static void main(String[] args) {
		SpringApplication.run(HelloServer.class, args);
	}

}
