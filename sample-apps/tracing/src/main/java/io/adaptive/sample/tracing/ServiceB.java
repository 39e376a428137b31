package io.adaptive.sample.tracing;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import org.springframework.context.annotation.Profile;

/**
 * Needs nobody.
 */
@Profile("b")
@AdaptiveService(publisher = "example", name = "serviceB")
class ServiceB {

	@MessageHandler
	ReplyB answer(RequestB request) {
		return new ReplyB("B");
	}

}
