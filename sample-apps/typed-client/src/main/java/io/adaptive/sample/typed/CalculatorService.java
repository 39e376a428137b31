package io.adaptive.sample.typed;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Calculates with whole numbers.
 */
@AdaptiveService(publisher = "example", name = "calculator")
class CalculatorService {

	@MessageHandler
	Result add(Add numbers) {
		return new Result(Math.addExact(numbers.one(), numbers.other()));
	}

	@MessageHandler
	@Nullable Result root(Root root) {
		long value = Math.round(Math.sqrt(root.number()));
		return (value * value == root.number()) ? new Result(value) : null;
	}

	@MessageHandler
	Flux<Result> countTo(CountTo last) {
		return Flux.range(1, last.number()).map(Result::new);
	}

	@MessageHandler
	void note(Note note) {
		System.out.println("noted: " + note.text());
	}

}
