package io.adaptive.integration;

import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import reactor.core.publisher.Mono;

/**
 * A service for those that use one together with something else of Spring.
 */
@AdaptiveService(publisher = "integration", name = "calculator")
class CalculatorService {

	final AtomicInteger attempts = new AtomicInteger();

	private final AtomicInteger inside = new AtomicInteger();

	final AtomicInteger mostInside = new AtomicInteger();

	@MessageHandler
	Result twice(Twice twice) {
		return new Result(2 * twice.number());
	}

	/**
	 * Fails two times of three.
	 */
	@MessageHandler
	Result unreliable(Unreliable unreliable) {
		if (this.attempts.incrementAndGet() % 3 != 0) {
			throw new AdaptiveException(ErrorCode.UNAVAILABLE, "Try again");
		}
		return new Result(this.attempts.get());
	}

	@MessageHandler
	@ConcurrencyLimit(2)
	public Result narrow(Narrow narrow) throws InterruptedException {
		this.mostInside.accumulateAndGet(this.inside.incrementAndGet(), Math::max);
		Thread.sleep(5);
		this.inside.decrementAndGet();
		return new Result(narrow.number());
	}

	record Twice(int number) {
	}

	record Unreliable() {
	}

	record Narrow(int number) {
	}

	record Result(int number) {
	}

	/** Calls it. */
	@Discover(publisher = "integration", name = "calculator", timeout = "20s")
	interface Calculator {

		Result twice(Twice twice);

		Mono<Result> twiceLater(Twice twice);

		Result unreliable(Unreliable unreliable);

		Result narrow(Narrow narrow);

	}

}
