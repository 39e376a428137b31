package io.adaptive.sample.tracing;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import org.springframework.context.annotation.Profile;

/**
 * Needs service D.
 */
@Profile("c")
@AdaptiveService(publisher = "example", name = "serviceC")
class ServiceC {

	private final Connection serviceD;

	ServiceC(@Discover(publisher = "example", name = "serviceD") Connection serviceD) {
		this.serviceD = serviceD;
	}

	@MessageHandler
	ReplyC answer(RequestC request) {
		ReplyD d = this.serviceD.sendRecv(new RequestD(request.input()), ReplyD.class);
		return new ReplyC("C(%s)".formatted(d.output()));
	}

}
