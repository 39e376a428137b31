package io.adaptive.sample.tracing;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import org.springframework.context.annotation.Profile;

/**
 * Needs services B and C.
 */
@Profile("a")
@AdaptiveService(publisher = "example", name = "serviceA")
class ServiceA {

	private final Connection serviceB;

	private final Connection serviceC;

	ServiceA(@Discover(publisher = "example", name = "serviceB") Connection serviceB,
			@Discover(publisher = "example", name = "serviceC") Connection serviceC) {
		this.serviceB = serviceB;
		this.serviceC = serviceC;
	}

	@MessageHandler
	ReplyA answer(RequestA request) {
		ReplyB b = this.serviceB.sendRecv(new RequestB(request.input()), ReplyB.class);
		ReplyC c = this.serviceC.sendRecv(new RequestC(request.input()), ReplyC.class);
		return new ReplyA("%s: Hello from A(%s, %s)".formatted(request.input(), b.output(), c.output()));
	}

}
