package io.adaptive.sample.hello.server;

import java.util.Locale;

import io.adaptive.sample.hello.message.HelloReply;
import io.adaptive.sample.hello.message.HelloRequest;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;

/**
 * Answers two questions, and admits not to know the others.
 */
@AdaptiveService(publisher = "example", name = "hello")
class HelloService {

	@MessageHandler
	HelloReply hello(HelloRequest request) {
		return new HelloReply(answer(request.question().toLowerCase(Locale.ROOT)) + ", " + request.who());
	}

	private static String answer(String question) {
		if (question.contains("who are you")) {
			return "I am hello server";
		}
		return question.contains("how are you") ? "I am good" : "I don't know";
	}

}
