package io.adaptive.boot.autoconfigure;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;

/**
 * The service that tests publish.
 */
@AdaptiveService(publisher = "example", name = "echo")
class EchoService {

	@MessageHandler
	Echo echo(Echo message) {
		return message;
	}

	record Echo(String text) {

	}

}
