package io.adaptive.sample.streaming;

import io.adaptive.spring.Discover;
import reactor.core.publisher.Flux;

/**
 * Leads to the service, wherever it is.
 */
@Discover(publisher = "example", name = "counter")
interface Counter {

	Flux<Counted> count(CountFrom request);

}
