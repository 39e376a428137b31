package io.adaptive.sample.hello.client;

import io.adaptive.sample.hello.message.HelloReply;
import io.adaptive.sample.hello.message.HelloRequest;
import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import org.springframework.stereotype.Component;

/**
 * Talks to the hello service, wherever it is.
 */
@Component
class Greeter {

	private final Connection hello;

	Greeter(@Discover(publisher = "example", name = "hello") Connection hello) {
		this.hello = hello;
	}

	String ask(String who, String question) {
		return this.hello.sendRecv(new HelloRequest(who, question), HelloReply.class).answer();
	}

}
