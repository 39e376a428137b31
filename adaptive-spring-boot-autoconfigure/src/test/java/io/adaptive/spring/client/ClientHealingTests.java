package io.adaptive.spring.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Service;
import io.adaptive.spring.CallOptions;
import io.adaptive.spring.Discover;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for client interfaces whose instance goes.
 */
class ClientHealingTests {

	/** The common pool of a machine with two processors has one thread. */
	private static final Executor OWN_THREAD = (task) -> new Thread(task).start();

	private static final Duration LONG = Duration.ofSeconds(50);

	@TempDir
	private Path sockets;

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
			.withPropertyValues("adaptive.scopes=os", "adaptive.os.socket-directory=" + this.sockets.resolve("s"))
			.withBean(ProcessSpace.class)
			.withBean(User.class);
	}

	private AdaptiveNode publish(String name) {
		AdaptiveNode node = AdaptiveNode.builder()
			.scopes(Set.of(Scope.OS))
			.socketDirectory(this.sockets.resolve("s"))
			.processSpace(new ProcessSpace())
			.drainTimeout(Duration.ofSeconds(5))
			.build();
		node.newServer()
			.publish(Service.named("example", "healing")
				.handle(Who.class, (who) -> new Me(name))
				.handle(Many.class, (many) -> Flux.range(0, many.count()).map((number) -> new Me(name)))
				.handle(Follow.class, (follow) -> Flux.<Me>never().startWith(new Me(name))));
		return node;
	}

	@Test
	void noCallFailsWhenAnInstanceLeaves() {
		runner().run((context) -> {
			Healing client = context.getBean(User.class).healing;
			AdaptiveNode first = publish("first");
			AtomicInteger second = new AtomicInteger();
			AtomicBoolean over = new AtomicBoolean();
			List<CompletableFuture<Void>> callers = IntStream.range(0, 4)
				.mapToObj((number) -> CompletableFuture.runAsync(() -> {
					while (!over.get()) {
						Me me = (number % 2 == 0) ? client.who(new Who()) : client.later(new Who()).block();
						if (me != null && me.name().equals("second")) {
							second.incrementAndGet();
						}
					}
				}, OWN_THREAD))
				.toList();
			Awaitility.await().atMost(LONG).until(() -> client.toString().contains("healing@unix:"));
			try (AdaptiveNode other = publish("second")) {
				first.close();
				Awaitility.await().atMost(LONG).until(() -> second.get() > 200);
				over.set(true);
				CompletableFuture.allOf(callers.toArray(CompletableFuture<?>[]::new)).get(30, TimeUnit.SECONDS);
				assertThat(other.workers().busy()).isNotNegative();
			}
		});
	}

	@RepeatedTest(3)
	void noShortFluxFailsWhenAnInstanceLeaves() {
		runner().run((context) -> {
			Healing client = context.getBean(User.class).healing;
			AdaptiveNode first = publish("first");
			AtomicInteger before = new AtomicInteger();
			AtomicInteger second = new AtomicInteger();
			AtomicBoolean over = new AtomicBoolean();
			List<CompletableFuture<Void>> callers = IntStream.range(0, 4)
				.mapToObj((number) -> CompletableFuture.runAsync(() -> {
					while (!over.get()) {
						List<Me> all = client.many(new Many(10)).collectList().block(LONG);
						assertThat(all).hasSize(10);
						before.incrementAndGet();
						if (all != null && all.get(0).name().equals("second")) {
							second.incrementAndGet();
						}
					}
				}, OWN_THREAD))
				.toList();
			Awaitility.await().atMost(LONG).until(() -> before.get() > 50);
			try (AdaptiveNode other = publish("second")) {
				first.close();
				Awaitility.await()
					.atMost(LONG)
					.until(() -> second.get() > 50 || callers.stream().anyMatch(CompletableFuture::isDone));
				over.set(true);
				CompletableFuture.allOf(callers.toArray(CompletableFuture<?>[]::new)).get(30, TimeUnit.SECONDS);
				assertThat(other.workers().busy()).isNotNegative();
			}
		});
	}

	@Test
	void aFluxThatIsOpenFailsAndTheNextGoesToAnotherInstance() {
		runner().run((context) -> {
			Healing client = context.getBean(User.class).healing;
			AdaptiveNode first = publish("first");
			List<String> names = new CopyOnWriteArrayList<>();
			CompletableFuture<Me> last = client.follow(new Follow())
				.doOnNext((me) -> names.add(me.name()))
				.last()
				.toFuture();
			Awaitility.await().atMost(LONG).until(() -> names.contains("first"));
			try (AdaptiveNode other = publish("second")) {
				first.close();
				assertThat(last).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(AdaptiveException.class);
				assertThat(client.follow(new Follow()).blockFirst(LONG)).isEqualTo(new Me("second"));
				assertThat(other.workers().busy()).isNotNegative();
			}
		});
	}

	@Test
	void aClientMayBeUsedBeforeItsServiceIsThere() {
		runner().run((context) -> {
			Healing client = context.getBean(User.class).healing;
			CompletableFuture<Me> waiting = CompletableFuture.supplyAsync(() -> client.who(new Who()), OWN_THREAD);
			CompletableFuture<Me> following = client.follow(new Follow()).next().toFuture();
			assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> client.quickly(new Who()))
				.withMessageContaining("not found in scope OS within");
			try (AdaptiveNode node = publish("late")) {
				assertThat(waiting).succeedsWithin(LONG).isEqualTo(new Me("late"));
				assertThat(following).succeedsWithin(LONG).isEqualTo(new Me("late"));
				assertThat(node.workers().busy()).isNotNegative();
			}
		});
	}

	record Who() {
	}

	record Many(int count) {
	}

	record Follow() {
	}

	record Me(String name) {
	}

	interface Healing {

		Me who(Who who);

		Mono<Me> later(Who who);

		Flux<Me> many(Many many);

		Flux<Me> follow(Follow follow);

		@CallOptions(timeout = "100ms")
		Me quickly(Who who);

	}

	static class User {

		@Discover(publisher = "example", name = "healing")
		private Healing healing;

	}

}
