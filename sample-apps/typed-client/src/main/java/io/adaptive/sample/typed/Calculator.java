package io.adaptive.sample.typed;

import java.util.Optional;

import io.adaptive.spring.CallOptions;
import io.adaptive.spring.Discover;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The calculator as a client sees it: a bean, injected like any other. Each method sends
 * its message; what it returns says how to wait for the answer.
 */
@Discover(publisher = "example", name = "calculator", timeout = "5s")
interface Calculator {

	Result add(Add numbers);

	Mono<Result> addLater(Add numbers);

	Optional<Result> root(Root root);

	Flux<Result> countTo(CountTo last);

	@CallOptions(timeout = "1s")
	void note(Note note);

	default long sum(long one, long other) {
		return add(new Add(one, other)).value();
	}

}
