package io.adaptive.stress.reactive;

import java.util.stream.Stream;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The Technology Compatibility Kit of Reactive Streams for what client interfaces return.
 */
class TypedClientStreamsTests {

	private static final long MANY = 1000;

	private ConfigurableApplicationContext application;

	private Numbers numbers;

	@BeforeEach
	void start() {
		this.application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("adaptive.scopes=process", "spring.main.banner-mode=off", "adaptive.drain-timeout=10ms",
					"adaptive.discover-timeout=20s")
			.run();
		this.numbers = this.application.getBean(Holder.class).numbers();
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	@TestFactory
	Stream<DynamicTest> aFluxOfReplies() {
		return TckRules
			.of(() -> new PublisherRules(MANY, (count) -> this.numbers.count(new CountTo((int) count)), this.failed()));
	}

	private Publisher<?> failed() {
		return this.numbers.fail(new Fail());
	}

	@TestFactory
	Stream<DynamicTest> aMonoOfTheReply() {
		return TckRules.of(() -> new PublisherRules(1, (count) -> this.numbers.one(new Ask()), null));
	}

	interface Numbers {

		Flux<Number> count(CountTo to);

		Flux<Number> fail(Fail fail);

		Mono<Number> one(Ask ask);

	}

	record Holder(@Discover(publisher = "test", name = "numbers") Numbers numbers) {
	}

	@EnableAutoConfiguration
	@Import({ Holder.class, NumberService.class })
	static class Application {

	}

	@AdaptiveService(publisher = "test", name = "numbers")
	static class NumberService {

		@MessageHandler
		Flux<Number> count(CountTo to) {
			return Flux.range(1, to.count()).map(Number::new);
		}

		@MessageHandler
		Flux<Number> fail(Fail fail) {
			throw new IllegalStateException("failed");
		}

		@MessageHandler
		Number one(Ask ask) {
			return new Number(1);
		}

	}

	record CountTo(int count) {
	}

	record Ask() {
	}

	record Fail() {
	}

	record Number(int value) {
	}

}
