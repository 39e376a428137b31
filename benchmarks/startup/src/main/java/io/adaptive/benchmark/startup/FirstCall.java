package io.adaptive.benchmark.startup;

import io.adaptive.client.AdaptiveClient;
import org.springframework.context.ApplicationContext;

/**
 * Apart from the program, which runs without the framework too.
 */
final class FirstCall {

	private FirstCall() {
	}

	static long micros(ApplicationContext context) {
		AdaptiveClient client = context.getBean(AdaptiveClient.class);
		long start = System.nanoTime();
		client.discover("example", "hello").sendRecv(new HelloRequest("John", "who are you"), HelloReply.class);
		return (System.nanoTime() - start) / 1000;
	}

}
