package io.adaptive.sample.tracing;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import org.springframework.context.annotation.Profile;

/**
 * Needs nobody.
 */
@Profile("d")
@AdaptiveService(publisher = "example", name = "serviceD")
class ServiceD {

	@MessageHandler
	ReplyD answer(RequestD request) {
		return new ReplyD("D");
	}

}
