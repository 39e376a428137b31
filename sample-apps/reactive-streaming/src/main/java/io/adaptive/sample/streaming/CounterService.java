package io.adaptive.sample.streaming;

import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import reactor.core.publisher.Flux;

/**
 * Counts without end, as long as somebody listens.
 */
@AdaptiveService(publisher = "example", name = "counter")
class CounterService {

	@MessageHandler
	Flux<Counted> count(CountFrom request) {
		AtomicLong next = new AtomicLong(request.first());
		return Flux.<Counted>generate((sink) -> sink.next(new Counted(next.getAndIncrement())))
			.doOnCancel(() -> System.out.println("the service stops before " + next));
	}

}
