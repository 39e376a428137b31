package io.adaptive.integration;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.adaptive.integration.CalculatorService.Calculator;
import io.adaptive.integration.CalculatorService.Narrow;
import io.adaptive.integration.CalculatorService.Twice;
import io.adaptive.integration.CalculatorService.Unreliable;
import io.adaptive.message.AdaptiveException;
import io.adaptive.node.ProcessSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that use services together with other parts of Spring.
 */
@Timeout(120)
class SpringFeaturesTests {

	private static ConfigurableApplicationContext start(WebApplicationType type, Class<?> more, String... properties) {
		return new SpringApplicationBuilder(Application.class, more).web(type)
			.properties("adaptive.scopes=process", "server.port=0")
			.properties(properties)
			.run();
	}

	private static String get(ConfigurableApplicationContext context, String path) {
		String port = context.getEnvironment().getProperty("local.server.port");
		String body = RestClient.create("http://127.0.0.1:" + port).get().uri(path).retrieve().body(String.class);
		return (body != null) ? body : "";
	}

	private static List<String> getAll(ConfigurableApplicationContext context, String path, int count) {
		ExecutorService callers = Executors.newFixedThreadPool(16);
		try {
			List<CompletableFuture<String>> answers = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				int number = i;
				answers.add(CompletableFuture.supplyAsync(() -> get(context, path + number), callers));
			}
			return answers.stream().map(CompletableFuture::join).toList();
		}
		finally {
			callers.shutdown();
		}
	}

	@Test
	void aControllerCallsAServiceOnVirtualThreadsWhereThereAreAny() {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET, BlockingController.class,
				"spring.threads.virtual.enabled=true")) {
			List<String> answers = getAll(context, "/twice/", 200);
			boolean virtual = Runtime.version().feature() >= 21;
			assertThat(answers)
				.containsExactlyElementsOf(IntStream.range(0, 200).mapToObj((i) -> 2 * i + " " + virtual).toList());
		}
	}

	@Test
	void aReactiveControllerCallsAServiceWithoutBlocking() {
		try (ConfigurableApplicationContext context = start(WebApplicationType.REACTIVE, ReactiveController.class)) {
			assertThat(getAll(context, "/later/", 200))
				.containsExactlyElementsOf(IntStream.range(0, 200).mapToObj((i) -> String.valueOf(2 * i)).toList());
		}
	}

	@Test
	void aBlockingCallOnTheEventLoopOfAReactiveServerIsRefused() {
		try (ConfigurableApplicationContext context = start(WebApplicationType.REACTIVE, ReactiveController.class)) {
			assertThat(get(context, "/blocking/1")).contains("IllegalStateException");
		}
	}

	@Test
	void aScheduledMethodCallsAService() throws InterruptedException {
		try (ConfigurableApplicationContext context = start(WebApplicationType.NONE, Clockwork.class)) {
			Clockwork clockwork = context.getBean(Clockwork.class);
			assertThat(clockwork.fiveTimes.await(20, TimeUnit.SECONDS)).isTrue();
			assertThat(clockwork.wrong).hasValue(0);
		}
	}

	@Test
	void aRetryableMethodCallsAgain() {
		try (ConfigurableApplicationContext context = start(WebApplicationType.NONE, Patient.class)) {
			assertThat(context.getBean(Patient.class).insist()).isEqualTo(3);
			assertThat(context.getBean(Calls.class).service.attempts).hasValue(3);
		}
	}

	@Test
	void aHandlerWithAConcurrencyLimitIsNotEnteredByMore() {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET, BlockingController.class)) {
			assertThat(getAll(context, "/narrow/", 60)).hasSize(60);
			assertThat(context.getBean(Calls.class).service.mostInside.get()).isBetween(1, 2);
		}
	}

	@Test
	void applicationsOfOneJvmDoNotDisturbEachOther() {
		try (ConfigurableApplicationContext one = start(WebApplicationType.NONE, Patient.class)) {
			try (ConfigurableApplicationContext other = start(WebApplicationType.NONE, Patient.class)) {
				assertThat(other.getBean(Calculator.class).twice(new Twice(2)).number()).isEqualTo(4);
				assertThat(other.getBean(CalculatorService.class)).isNotSameAs(one.getBean(CalculatorService.class));
			}
			assertThat(one.getBean(Calculator.class).twice(new Twice(3)).number()).isEqualTo(6);
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableScheduling
	@EnableResilientMethods(proxyTargetClass = true)
	@Import({ CalculatorService.class, Calls.class })
	static class Application {

		@Bean
		ProcessSpace processSpace() {
			return new ProcessSpace();
		}

	}

	/** The service behind the proxy that limits it. */
	static class Calls {

		final CalculatorService service;

		Calls(CalculatorService service) {
			Object target = AopProxyUtils.getSingletonTarget(service);
			this.service = (target instanceof CalculatorService calculator) ? calculator : service;
		}

	}

	@RestController
	static class BlockingController {

		private final Calculator calculator;

		BlockingController(Calculator calculator) {
			this.calculator = calculator;
		}

		@GetMapping("/twice/{number}")
		String twice(@PathVariable int number) {
			boolean virtual = Thread.currentThread().toString().startsWith("VirtualThread");
			return this.calculator.twice(new Twice(number)).number() + " " + virtual;
		}

		@GetMapping("/narrow/{number}")
		String narrow(@PathVariable int number) {
			return String.valueOf(this.calculator.narrow(new Narrow(number)).number());
		}

	}

	@RestController
	static class ReactiveController {

		private final Calculator calculator;

		ReactiveController(Calculator calculator) {
			this.calculator = calculator;
		}

		@GetMapping("/later/{number}")
		Mono<String> later(@PathVariable int number) {
			return this.calculator.twiceLater(new Twice(number)).map((result) -> String.valueOf(result.number()));
		}

		@GetMapping("/blocking/{number}")
		Mono<String> blocking(@PathVariable int number) {
			return Mono.fromSupplier(() -> this.calculator.twice(new Twice(number)).toString())
				.onErrorResume((error) -> Mono.just(error.toString()));
		}

	}

	static class Clockwork {

		private final Calculator calculator;

		private final CountDownLatch fiveTimes = new CountDownLatch(5);

		private final AtomicInteger wrong = new AtomicInteger();

		Clockwork(Calculator calculator) {
			this.calculator = calculator;
		}

		@Scheduled(fixedDelay = 10)
		void tick() {
			if (this.calculator.twice(new Twice(21)).number() != 42) {
				this.wrong.incrementAndGet();
			}
			this.fiveTimes.countDown();
		}

	}

	static class Patient {

		private final Calculator calculator;

		Patient(Calculator calculator) {
			this.calculator = calculator;
		}

		@Retryable(includes = AdaptiveException.class, maxRetries = 4, delay = 1)
		public int insist() {
			return this.calculator.unreliable(new Unreliable()).number();
		}

	}

}
