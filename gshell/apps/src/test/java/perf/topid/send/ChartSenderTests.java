package perf.topid.send;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import perf.topid.message.ChartMessages;
import perf.topid.message.ChartMessages.OpenSession;
import perf.topid.message.ChartMessages.ProcessSample;
import perf.topid.message.ChartMessages.ResumeSession;
import perf.topid.message.ChartMessages.Sample;
import perf.topid.message.ChartMessages.SessionOpened;
import perf.topid.message.ChartMessages.SessionResumed;
import perf.topid.message.ChartMessages.SystemInformation;
import perf.topid.message.ChartMessages.SystemSeries;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChartSender}, with a chart service of the test in other nodes.
 */
class ChartSenderTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final OpenSession REQUEST = new OpenSession("tag", 1, new SystemInformation(2, "cpu", "linux", ""),
			"");

	@TempDir
	private Path sockets;

	private final Deque<AutoCloseable> open = new ArrayDeque<>();

	/** What the service has of each session, be it restarted or not. */
	private final Map<String, List<Sample>> sessions = new ConcurrentHashMap<>();

	private final ConcurrentLinkedQueue<String> messages = new ConcurrentLinkedQueue<>();

	private volatile LongPredicate refused = (number) -> false;

	private final CountDownLatch gate = new CountDownLatch(1);

	@AfterEach
	void close() throws Exception {
		this.gate.countDown();
		while (!this.open.isEmpty()) {
			this.open.pop().close();
		}
	}

	private AdaptiveNode node() {
		AdaptiveNode node = AdaptiveNode.builder().scopes(Set.of(Scope.OS)).socketDirectory(this.sockets).build();
		this.open.push(node);
		return node;
	}

	private AdaptiveNode startService(boolean takes) {
		AdaptiveNode node = node();
		node.newServer()
			.publish(Service.named(ChartMessages.PUBLISHER, ChartMessages.SERVICE)
				.ordered()
				.handle(OpenSession.class, this::openSession)
				.handle(ResumeSession.class, this::resumeSession)
				.handle(Sample.class, (sample) -> {
					if (!takes) {
						this.gate.await();
					}
					List<Sample> samples = this.sessions.get(sample.key());
					if (samples == null) {
						throw new AdaptiveException(ErrorCode.NOT_FOUND, "no such session");
					}
					if (this.refused.test(sample.number())) {
						throw new AdaptiveException(ErrorCode.INVALID_ARGUMENT, "a limit of this test");
					}
					samples.add(sample);
					return null;
				}));
		return node;
	}

	private SessionOpened openSession(OpenSession request) {
		assertThat(request).isEqualTo(REQUEST);
		String key = "key" + (this.sessions.size() + 1);
		this.sessions.put(key, new CopyOnWriteArrayList<>());
		return new SessionOpened("http://chart/" + key, key);
	}

	private SessionResumed resumeSession(ResumeSession request) {
		List<Sample> samples = this.sessions.get(request.key());
		if (samples == null) {
			throw new AdaptiveException(ErrorCode.NOT_FOUND, "no such session");
		}
		return new SessionResumed("http://chart/" + request.key(),
				samples.isEmpty() ? 0 : samples.get(samples.size() - 1).number());
	}

	private ChartSender sender() {
		ChartSender sender = new ChartSender(node().newClient(), REQUEST, this.messages::add, 50);
		this.open.push(sender);
		return sender;
	}

	private static Sample sample(long number) {
		return new Sample("", number, 1000 * number, 0, List.of(new ProcessSample(7, 1, "p", 1.5f, 0.5f, 100)),
				List.of(new SystemSeries("cpu0.user", 3.5)), "");
	}

	private static void offer(ChartSender sender, long first, long last) {
		LongStream.rangeClosed(first, last).mapToObj(ChartSenderTests::sample).forEach(sender::offer);
	}

	private void awaitNumbers(String key, long first, long last) {
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(this.sessions.getOrDefault(key, List.of())).extracting(Sample::number)
				.containsExactlyElementsOf(LongStream.rangeClosed(first, last).boxed().toList()));
	}

	@Test
	void samplesArriveInOrderWithTheKeyOfTheSession() throws InterruptedException {
		startService(true);
		ChartSender sender = sender();
		offer(sender, 1, 100);
		awaitNumbers("key1", 1, 100);
		assertThat(this.sessions.get("key1").get(41))
			.isEqualTo(new Sample("key1", 42, 42_000, 0, sample(42).processes(), sample(42).system(), ""));
		assertThat(this.messages).filteredOn((line) -> line.startsWith("chart: "))
			.containsExactly("chart: http://chart/key1");
		assertThat(sender.hasSession()).isTrue();
		assertThat(sender.awaitSent(LONG.toMillis())).isTrue();
		assertThat(sender.dropped()).isZero();
	}

	@Test
	void withoutAServiceTheOldestAreDroppedAndCounted() {
		ChartSender sender = sender();
		offer(sender, 1, ChartSender.KEPT + 80);
		Awaitility.await().atMost(LONG).until(() -> !this.messages.isEmpty());
		assertThat(sender.hasSession()).isFalse();
		assertThat(sender.dropped()).isEqualTo(80);
		startService(true);
		awaitNumbers("key1", 81, ChartSender.KEPT + 80);
		assertThat(this.sessions.get("key1")).extracting(Sample::dropped).containsOnly(80L);
		assertThat(this.messages).first().asString().startsWith("chart service not reached, trying on: ");
		assertThat(this.messages).filteredOn((line) -> line.startsWith("chart: "))
			.containsExactly("chart: http://chart/key1");
	}

	/**
	 * Sends ten samples, and ends the service as if the last two had been lost on their
	 * way.
	 */
	private ChartSender senderThatLostTwo() {
		AdaptiveNode service = startService(true);
		ChartSender sender = sender();
		offer(sender, 1, 10);
		awaitNumbers("key1", 1, 10);
		service.close();
		this.sessions.get("key1").subList(8, 10).clear();
		return sender;
	}

	@Test
	void aServiceThatComesBackGetsWhatItHasNot() {
		ChartSender sender = senderThatLostTwo();
		offer(sender, 11, 15);
		startService(true);
		awaitNumbers("key1", 1, 15);
		assertThat(this.sessions).hasSize(1);
	}

	@Test
	void theLastSamplesAreSentAgainWithoutAFurtherOne() {
		senderThatLostTwo();
		startService(true);
		awaitNumbers("key1", 1, 10);
	}

	@Test
	void aServiceThatHasForgottenTheSessionGetsANewOne() {
		AdaptiveNode first = startService(true);
		ChartSender sender = sender();
		offer(sender, 1, 3);
		awaitNumbers("key1", 1, 3);
		first.close();
		this.sessions.remove("key1");
		this.sessions.put("other", List.of());
		offer(sender, 4, 5);
		startService(true);
		awaitNumbers("key2", 1, 5);
		assertThat(this.messages).contains("chart: http://chart/key1", "chart: http://chart/key2");
	}

	@Test
	void aSessionThatEndsWhileTheConnectionStaysIsOpenedAgain() {
		startService(true);
		ChartSender sender = sender();
		offer(sender, 1, 3);
		awaitNumbers("key1", 1, 3);
		this.sessions.remove("key1");
		this.sessions.put("other", List.of());
		offer(sender, 4, 4);
		Awaitility.await()
			.atMost(LONG)
			.until(() -> this.messages.stream().anyMatch((line) -> line.contains("refuses")));
		offer(sender, 5, 6);
		awaitNumbers("key2", 1, 6);
		assertThat(this.messages).contains("chart: http://chart/key1", "chart: http://chart/key2");
	}

	/** Others may come before it: a slow machine finds no service at first. */
	private void awaitMessage(String beginning) {
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(this.messages).anyMatch((line) -> line.startsWith(beginning)));
	}

	@Test
	void aRefusalIsToldOnce() {
		this.refused = (number) -> number % 2 == 0;
		startService(true);
		ChartSender sender = sender();
		offer(sender, 1, 99);
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(this.sessions.getOrDefault("key1", List.of())).hasSize(50));
		awaitMessage("chart service refuses a sample");
		assertThat(this.messages).filteredOn((line) -> line.contains("refuses"))
			.singleElement()
			.asString()
			.startsWith("chart service refuses a sample, further ones are not told: ")
			.contains("a limit of this test");
		assertThat(this.sessions).hasSize(1);
	}

	@Test
	void aServiceThatTakesNothingHoldsUpNoSampling() {
		startService(false);
		ChartSender sender = sender();
		offer(sender, 1, 1);
		Awaitility.await().atMost(LONG).until(sender::hasSession);
		assertThat(CompletableFuture.runAsync(() -> offer(sender, 2, 200_000))).succeedsWithin(LONG);
		assertThat(sender.dropped()).isPositive();
		this.gate.countDown();
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(
					() -> assertThat(this.sessions.get("key1")).last().extracting(Sample::number).isEqualTo(200_000L));
		List<Long> numbers = this.sessions.get("key1").stream().map(Sample::number).toList();
		assertThat(numbers).isSorted().doesNotHaveDuplicates();
		assertThat(numbers.size() + sender.dropped()).isEqualTo(200_000);
	}

	@Test
	void anErrorOfACodecEndsNeitherTheSenderNorTheSession() {
		startService(true);
		AtomicReference<Throwable> failure = new AtomicReference<>(new NoClassDefFoundError("made up by this test"));
		ChartSender sender = failing(failure);
		offer(sender, 1, 3);
		awaitMessage("chart service not reached, trying on: java.lang.NoClassDefFoundError: made up by this test");
		assertThat(this.messages).contains("chart: http://chart/key1");
		failure.set(null);
		awaitNumbers("key1", 1, 3);
	}

	@Test
	void eachLossIsTold() {
		startService(true);
		AtomicReference<Throwable> failure = new AtomicReference<>();
		ChartSender sender = failing(failure);
		for (int loss = 1; loss <= 3; loss++) {
			offer(sender, 2 * loss - 1, 2 * loss - 1);
			awaitNumbers("key1", 1, 2 * loss - 1);
			failure.set(new AdaptiveException(ErrorCode.UNAVAILABLE, "loss " + loss));
			offer(sender, 2 * loss, 2 * loss);
			String line = "chart service not reached, trying on: loss " + loss;
			Awaitility.await().atMost(LONG).until(() -> this.messages.contains(line));
			failure.set(null);
			awaitNumbers("key1", 1, 2 * loss);
		}
	}

	@Test
	void aSampleThatFailsToLeaveHasNotLeft() throws InterruptedException {
		startService(true);
		ChartSender sender = failing(
				new AtomicReference<>(new AdaptiveException(ErrorCode.UNAVAILABLE, "made up by this test")));
		offer(sender, 1, 1);
		awaitMessage("chart service not reached, trying on: made up by this test");
		assertThat(sender.awaitSent(100)).isFalse();
	}

	@Test
	void anErrorThatEndsTheSenderBringsTextBack() {
		startService(true);
		AtomicReference<Throwable> failure = new AtomicReference<>();
		ChartSender sender = failing(failure);
		Awaitility.await().atMost(LONG).until(sender::hasSession);
		failure.set(new Stop());
		offer(sender, 1, 1);
		Awaitility.await().dontCatchUncaughtExceptions().atMost(LONG).until(() -> !sender.hasSession());
	}

	/** A sender whose samples fail as long as there is a failure. */
	private ChartSender failing(AtomicReference<Throwable> failure) {
		AdaptiveClient client = failing(AdaptiveClient.class, node().newClient(), failure);
		ChartSender sender = new ChartSender(client, REQUEST, this.messages::add, 50);
		this.open.push(sender);
		return sender;
	}

	private static <T> T failing(Class<T> type, T target, AtomicReference<Throwable> failure) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				if (failure.get() != null && method.getName().equals("send")) {
					throw failure.get();
				}
				Object result = method.invoke(target, arguments);
				if (result instanceof AdaptiveClient client) {
					return failing(AdaptiveClient.class, client, failure);
				}
				return (result instanceof Connection connection) ? failing(Connection.class, connection, failure)
						: result;
			}));
	}

	/** Ends a thread. */
	private static final class Stop extends Error {

		private static final long serialVersionUID = 1L;

	}

}
