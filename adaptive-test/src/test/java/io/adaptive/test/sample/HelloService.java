package io.adaptive.test.sample;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;

@AdaptiveService(publisher = "example", name = "hello")
class HelloService {

	private final Greetings greetings;

	HelloService(Greetings greetings) {
		this.greetings = greetings;
	}

	@MessageHandler
	HelloReply hello(HelloRequest request) {
		return new HelloReply(this.greetings.greet(request.who()));
	}

}
