package io.adaptive.sample.hello;

import io.adaptive.sample.hello.client.HelloClient;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Finds the beans of server and client in the packages below and lets the one ask the
 * other.
 */
@SpringBootApplication
public class HelloApplication {

	public static void main(String[] args) {
		System.out.println(HelloClient.ask(HelloApplication.class, args));
	}

}
