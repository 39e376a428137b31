package io.adaptive.sample.tracing;

import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes questions over HTTP and asks service A, which is in the same process.
 */
@Profile("a")
@RestController
class Desk {

	private final Connection serviceA;

	Desk(@Discover(publisher = "example", name = "serviceA") Connection serviceA) {
		this.serviceA = serviceA;
	}

	@GetMapping("/ask")
	String ask(@RequestParam String input) {
		return this.serviceA.sendRecv(new RequestA(input, "open sesame"), ReplyA.class).output() + "\n";
	}

}
