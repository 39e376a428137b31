package io.adaptive.benchmark.startup;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * A plain bean where there is no starter: the annotations are then not there.
 */
@Component
@Profile("!client")
@AdaptiveService(publisher = "example", name = "hello")
class HelloService {

	@MessageHandler
	HelloReply hello(HelloRequest request) {
		return new HelloReply("I am hello server, " + request.who());
	}

}
