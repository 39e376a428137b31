package io.adaptive.gshell.daemon;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Calls to groups, which are nodes in this process, while steps of the client wait.
 */
class RuntimeGroupsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final List<String> received = new CopyOnWriteArrayList<>();

	private final ThreadPoolExecutor calls = (ThreadPoolExecutor) Executors.newCachedThreadPool();

	private Path sockets;

	private AdaptiveNode daemon;

	private AdaptiveNode group;

	@BeforeEach
	void start() throws IOException {
		this.sockets = Files.createTempDirectory(Path.of("/tmp"), "gsh");
		this.daemon = AdaptiveNode.builder().socketDirectory(this.sockets).build();
		this.group = AdaptiveNode.builder().socketDirectory(this.sockets).build();
	}

	@AfterEach
	void stop() throws IOException {
		this.daemon.close();
		this.group.close();
		this.calls.shutdownNow();
		try (Stream<Path> files = Files.walk(this.sockets).sorted((one, other) -> other.compareTo(one))) {
			for (Path file : files.toList()) {
				Files.deleteIfExists(file);
			}
		}
	}

	private void publish(CountDownLatch answered) {
		this.group.newServer().publish(Service.named("gshell", "grg-g-1").handle(String.class, (text) -> {
			this.received.add(text);
			join(answered);
			return text;
		}).scopes(Scope.OS));
	}

	private static void join(CountDownLatch gate) {
		try {
			assertThat(gate.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A client that does a step behind the calls of a method, with their result.
	 */
	private AdaptiveClient client(String method, Step step) {
		AdaptiveClient real = this.daemon.newClient().scopes(Scope.OS);
		return (AdaptiveClient) Proxy.newProxyInstance(AdaptiveClient.class.getClassLoader(),
				new Class<?>[] { AdaptiveClient.class }, (proxy, called, arguments) -> {
					if (called.getName().equals("scopes")) {
						return proxy;
					}
					try {
						Object result = called.invoke(real, arguments);
						if (called.getName().equals(method)) {
							step.run();
						}
						return result;
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	@Test
	void aListingThatIsLateTakesNoConnectionFromACall() {
		CountDownLatch listed = new CountDownLatch(1);
		CountDownLatch late = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		ThreadLocal<@Nullable Boolean> waits = new ThreadLocal<>();
		RuntimeGroups groups = new RuntimeGroups(client("list", () -> {
			if (waits.get() != null) {
				listed.countDown();
				join(late);
			}
		}), this.calls);
		CompletableFuture<List<RunningGroup>> listing = CompletableFuture.supplyAsync(() -> {
			waits.set(true);
			return groups.all();
		}, this.calls);
		join(listed);
		publish(answered);
		RunningGroup running = await().atMost(PATIENCE)
			.until(() -> groups.find("g-1"), (found) -> found.isPresent())
			.orElseThrow();
		CompletableFuture<String> call = groups.ask(running, "call", String.class, PATIENCE);
		await().atMost(PATIENCE).until(() -> this.received.contains("call"));
		late.countDown();
		assertThat(listing).succeedsWithin(PATIENCE).isEqualTo(List.of());
		answered.countDown();
		assertThat(call).succeedsWithin(PATIENCE).isEqualTo("call");
		assertThat(groups.connected()).isOne();
		this.group.close();
		await().atMost(PATIENCE).until(() -> groups.connected() == 0);
	}

	@Test
	void callsThatAreGivenUpBeforeThereIsAConnectionHoldNoThreadAndAreNotSent() {
		publish(new CountDownLatch(0));
		CountDownLatch reached = new CountDownLatch(1);
		RuntimeGroups groups = new RuntimeGroups(client("connect", () -> join(reached)), this.calls);
		RunningGroup running = await().atMost(PATIENCE)
			.until(() -> groups.find("g-1"), (found) -> found.isPresent())
			.orElseThrow();
		List<CompletableFuture<String>> given = IntStream.range(0, 5)
			.mapToObj((index) -> groups.ask(running, "given up", String.class, Duration.ofMillis(50)))
			.toList();
		given.forEach((each) -> assertThat(each).failsWithin(PATIENCE)
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOf(TimeoutException.class));
		CompletableFuture<String> waiting = groups.ask(running, "waited", String.class, PATIENCE);
		assertThat(this.calls.getActiveCount()).isOne();
		reached.countDown();
		assertThat(waiting).succeedsWithin(PATIENCE).isEqualTo("waited");
		assertThat(groups.ask(running, "last", String.class, PATIENCE)).succeedsWithin(PATIENCE);
		assertThat(this.received).containsExactly("waited", "last");
	}

	@Test
	void afterAnAttemptThatHasFailedTheNextCallConnects() {
		publish(new CountDownLatch(0));
		CountDownLatch failures = new CountDownLatch(1);
		RuntimeGroups groups = new RuntimeGroups(client("connect", () -> {
			if (failures.getCount() > 0) {
				failures.countDown();
				throw new ConnectionRefusedException(ErrorCode.UNAVAILABLE, "not now");
			}
		}), this.calls);
		RunningGroup running = await().atMost(PATIENCE)
			.until(() -> groups.find("g-1"), (found) -> found.isPresent())
			.orElseThrow();
		assertThat(groups.ask(running, "one", String.class, PATIENCE)).failsWithin(PATIENCE)
			.withThrowableThat()
			.withMessageContaining("not now");
		assertThat(groups.connected()).isZero();
		assertThat(groups.ask(running, "other", String.class, PATIENCE)).succeedsWithin(PATIENCE);
		assertThat(groups.connected()).isOne();
	}

	/**
	 * Is done behind a call.
	 */
	private interface Step {

		void run();

	}

}
