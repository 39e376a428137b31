package io.adaptive.integration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two providers are replaced one after the other, as a deployment does, while they are
 * called all the time.
 */
@DisabledIfEnvironmentVariable(named = "ADAPTIVE_SLICE", matches = "(?!registry$|all$).+",
		disabledReason = "runs with ADAPTIVE_SLICE=registry")
class RollingRestartTests {

	private static final int CALLERS = 8;

	private static final int CALLS = 20_000;

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicBoolean replaced = new AtomicBoolean();

	private final Set<String> answeredBy = ConcurrentHashMap.newKeySet();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final List<Provider> providers = new ArrayList<>();

	@TempDir
	private Path socketDirectory;

	@Test
	void noCallFails() throws Exception {
		ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
		try (ConfigurableApplicationContext context = startCaller()) {
			Provider first = start("first");
			Provider second = start("second").awaitPublished();
			first.awaitPublished();
			List<Future<?>> ends = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				Connection connection = context.getBean("connection" + i % 2, Connection.class);
				ends.add(callers.submit((Callable<?>) () -> callOnAndOn(connection)));
			}
			replace(first, "third", CALLS / 4);
			replace(second, "fourth", CALLS / 2);
			this.replaced.set(true);
			for (Future<?> end : ends) {
				end.get(120, TimeUnit.SECONDS);
			}
		}
		finally {
			callers.shutdownNow();
		}
		assertThat(this.failures).isEmpty();
		assertThat(this.calls).hasValueGreaterThanOrEqualTo(CALLS);
		assertThat(this.answeredBy).containsAnyOf("first", "second").containsAnyOf("third", "fourth");
	}

	@AfterEach
	void endProviders() {
		this.providers.forEach(Provider::leave);
	}

	private Provider start(String name) throws IOException {
		Provider provider = Provider.start(name, this.socketDirectory);
		this.providers.add(provider);
		return provider;
	}

	private void replace(Provider old, String successor, int afterCalls) throws Exception {
		awaitCalls(afterCalls);
		start(successor).awaitPublished();
		old.leave();
	}

	private ConfigurableApplicationContext startCaller() {
		return new SpringApplicationBuilder(CallerApplication.class).web(WebApplicationType.NONE)
			.run("--adaptive.os.socket-directory=" + this.socketDirectory);
	}

	private Object callOnAndOn(Connection connection) {
		while (this.calls.get() < CALLS || !this.replaced.get()) {
			int number = this.calls.incrementAndGet();
			try {
				Done done = connection.sendRecv(new Work(number), Done.class);
				assertThat(done.number()).isEqualTo(number);
				this.answeredBy.add(done.provider());
			}
			catch (RuntimeException ex) {
				this.failures.add(ex.toString());
			}
		}
		return this;
	}

	private void awaitCalls(int count) throws InterruptedException {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (this.calls.get() < count) {
			assertThat(System.nanoTime()).as("calls so far: " + this.calls).isLessThan(end);
			TimeUnit.MILLISECONDS.sleep(10);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class CallerApplication {

		@Bean
		Connection connection0(@Discover(publisher = "test", name = "work") Connection work) {
			return work;
		}

		@Bean
		Connection connection1(@Discover(publisher = "test", name = "work", selection = "latency") Connection work) {
			return work;
		}

	}

}
