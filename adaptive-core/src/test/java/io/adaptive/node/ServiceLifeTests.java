package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TwoNodes;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.internal.server.ServiceDefinition;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.WorkerQuery;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.adaptive.spi.ReferencePayload;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Hooks, order, byte streams, publish/subscribe, credit: what a service sees of its
 * streams.
 */
class ServiceLifeTests {

	/** How many small answers a stream keeps. */
	private static final int ROOM = 64;

	@TempDir
	Path sockets;

	private TwoNodes nodes;

	private Connection connect(Scope scope, Service service) {
		this.nodes = new TwoNodes(scope, this.sockets);
		return this.nodes.connect(service);
	}

	@AfterEach
	void close() {
		this.nodes.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void hooksRunOnceEachAndInOrder(Scope scope) {
		List<String> events = Collections.synchronizedList(new ArrayList<>());
		Connection connection = connect(scope,
				Service.named("test", "hooks")
					.handle(Text.class, (text, stream) -> new Text(stream.context().get() + text.text()))
					.onConnect((info) -> events.add("connect"))
					.onDisconnect((info, cause) -> events.add("disconnect"))
					.onStreamOpen((context) -> {
						context.set("state of " + context.streamId() + ": ");
						events.add("open " + context.streamId());
					})
					.onStreamClose((context) -> events.add("close " + context.streamId())));
		MessageStream stream = connection.newStream();
		assertThat(stream.sendRecv(new Text("a"), Text.class)).isEqualTo(new Text("state of 3: a"));
		stream.close();
		stream.close();
		await().atMost(Duration.ofSeconds(50)).until(() -> events.contains("close 3"));
		connection.close();
		connection.close();
		await().atMost(Duration.ofSeconds(50)).until(() -> events.contains("disconnect"));
		assertThat(events).startsWith("connect")
			.endsWith("close 1", "disconnect")
			.containsSubsequence("open 3", "close 3", "close 1")
			.containsSubsequence("open 1", "close 1")
			.containsOnlyOnce("connect", "open 1", "open 3", "close 1", "close 3", "disconnect");
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void anOrderedServiceHandlesTheMessagesOfAStreamOneByOne(Scope scope) {
		List<Integer> handled = Collections.synchronizedList(new ArrayList<>());
		Connection connection = connect(scope, Service.named("test", "ordered").handle(Number.class, (number) -> {
			handled.add(number.value());
			return (number.value() % 2 == 0) ? CompletableFuture.supplyAsync(() -> number) : number;
		}).ordered());
		List<CompletableFuture<Number>> answers = new ArrayList<>();
		for (int i = 0; i < 2000; i++) {
			answers.add(connection.async().sendRecv(new Number(i), Number.class));
		}
		answers.forEach(CompletableFuture::join);
		assertThat(handled).hasSize(2000).isSorted();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aNonBlockingHandlerRunsWhereItsMessageIs(Scope scope) {
		Connection connection = connect(scope,
				Service.named("test", "inline")
					.handle(Text.class, (text) -> new Text(Thread.currentThread().getName()))
					.options(Text.class, HandlerOptions.DEFAULT.asNonBlocking()));
		if (scope == Scope.PROCESS) {
			assertThat(connection.sendRecv(new Text(""), Text.class).text())
				.isEqualTo(Thread.currentThread().getName());
		}
		else {
			// A worker does it until the code for the message is there.
			await().atMost(Duration.ofSeconds(30))
				.until(() -> connection.sendRecv(new Text(""), Text.class).text().startsWith("adaptive-io"));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "OS", "LAN" })
	void aLargeMessageIsNotDecodedOnTheEventLoop(Scope scope) {
		Connection connection = connect(scope,
				Service.named("test", "inline")
					.handle(Text.class, (text) -> new Text(Thread.currentThread().getName()))
					.options(Text.class, HandlerOptions.DEFAULT.asNonBlocking()));
		assertThat(connection.sendRecv(new Text("x".repeat(100_000)), Text.class).text()).startsWith("adaptive-worker");
	}

	@ParameterizedTest
	@EnumSource(names = { "OS", "LAN" })
	void aBlockingCallOnAnEventLoopIsRefused(Scope scope) {
		AtomicReference<Connection> self = new AtomicReference<>();
		Connection connection = connect(scope,
				Service.named("test", "inline")
					.handle(Number.class, (number) -> number)
					.handle(Text.class, (text) -> self.get().sendRecv(new Number(1), Number.class))
					.options(Text.class, HandlerOptions.DEFAULT.asNonBlocking()));
		self.set(connection);
		// A worker handles it until the code for the message is there.
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThatExceptionOfType(AdaptiveException.class)
				.isThrownBy(() -> connection.sendRecv(new Text(""), Number.class))
				.withMessageContaining("event loop"));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void bytesFlowBothWays(Scope scope) throws Exception {
		Connection connection = connect(scope, Service.named("test", "bytes").handle(Text.class, (text, stream) -> {
			byte[] all = stream.inputStream().readAllBytes();
			try (var out = stream.outputStream()) {
				for (int i = all.length - 1; i >= 0; i--) {
					out.write(all[i]);
				}
			}
			return null;
		}));
		byte[] bytes = new byte[1_000_003];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) (i * 7);
		}
		try (MessageStream stream = connection.newStream()) {
			stream.send(new Text("reverse"));
			try (var out = stream.outputStream()) {
				out.write(bytes, 0, 500_000);
				out.write(bytes, 500_000, bytes.length - 500_000);
			}
			byte[] reversed = stream.inputStream().readAllBytes();
			byte[] expected = new byte[bytes.length];
			for (int i = 0; i < bytes.length; i++) {
				expected[i] = bytes[bytes.length - 1 - i];
			}
			assertThat(Arrays.equals(reversed, expected)).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aPublisherNoticesThatItsSubscriberIsGone(Scope scope) throws Exception {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Connection connection = connect(scope, Service.named("test", "ticker").handle(Text.class, (text, stream) -> {
			new Thread(() -> {
				try {
					for (int i = 0; i < 10_000_000; i++) {
						stream.send(new Number(i));
					}
				}
				catch (RuntimeException ex) {
					failure.complete(ex);
				}
			}).start();
			return null;
		}));
		MessageStream stream = connection.newStream();
		stream.send(new Text("subscribe"));
		for (int i = 0; i < 1000; i++) {
			assertThat(stream.recv(Number.class)).isEqualTo(new Number(i));
		}
		stream.close();
		assertThat(failure).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(AdaptiveException.class);
	}

	@SlowTest
	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aReceiverThatStopsHoldsUpItsSenderAndNobodyElse(Scope scope) throws Exception {
		this.nodes = new TwoNodes(scope, this.sockets,
				(builder) -> builder.linkSettings(new LinkSettings(new Limits(1 << 20, 64 * 1024, 1 << 20),
						Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(15))));
		CountDownLatch go = new CountDownLatch(1);
		ConcurrentLinkedQueue<Integer> taken = new ConcurrentLinkedQueue<>();
		Connection connection = this.nodes.connect(Service.named("test", "slow").handle(Text.class, (text, stream) -> {
			go.await();
			for (int i = 0; i < 20_000; i++) {
				taken.add(stream.recv(Number.class).value());
			}
			stream.send(new Text("all"));
			return null;
		}).handle(Question.class, (question) -> new Number(question.number())));
		MessageStream blocked = connection.newStream();
		blocked.send(new Text("start"));
		Thread sender = new Thread(() -> {
			for (int i = 0; i < 20_000; i++) {
				blocked.send(new Number(i));
			}
		});
		sender.start();
		await().atMost(Duration.ofSeconds(50)).until(() -> sender.getState() == Thread.State.WAITING);
		for (int i = 0; i < 1000; i++) {
			assertThat(connection.sendRecv(new Question(i), Number.class)).isEqualTo(new Number(i));
		}
		assertThat(sender.isAlive()).isTrue();
		go.countDown();
		assertThat(blocked.recv(Text.class)).isEqualTo(new Text("all"));
		sender.join(TimeUnit.SECONDS.toMillis(10));
		assertThat(List.copyOf(taken)).hasSize(20_000).isSorted();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void whoNeverReadsRepliesStopsNobodyElse(Scope scope) {
		this.nodes = new TwoNodes(scope, this.sockets,
				(builder) -> builder.scaleFactors(new ScaleFactors(2, 128, -1, 2))
					.linkSettings(new LinkSettings(new Limits(1 << 20, ROOM * Limits.MIN_COST, 1 << 20),
							Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(15))));
		Service service = Service.named("test", "replies")
			.handle(Number.class, (number) -> number)
			.handle(Text.class, (text) -> text);
		Connection rude = this.nodes.connect(service);
		List<CompletableFuture<?>> sent = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			sent.add(rude.async().send(new Number(i)));
		}
		Connection polite = this.nodes.connect(service.name());
		polite.setReceiveTimeout(Duration.ofSeconds(10));
		for (int i = 0; i < 100; i++) {
			assertThat(polite.sendRecv(new Text("x"), Text.class)).isEqualTo(new Text("x"));
		}
		assertThat(sent).allSatisfy((each) -> assertThat(each).succeedsWithin(Duration.ofSeconds(10)));
		Set<Number> kept = new HashSet<>();
		for (int i = 0; i < ROOM; i++) {
			kept.add(rude.recv(Number.class));
		}
		assertThat(kept).as("those that there was room for").hasSize(ROOM);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void everyServiceTellsTheNumbersOfItsPoolEvenWhenItIsBusy(Scope scope) {
		this.nodes = new TwoNodes(scope, this.sockets,
				(builder) -> builder.scaleFactors(new ScaleFactors(1, 128, -1, 1)));
		CountDownLatch release = new CountDownLatch(1);
		Connection connection = this.nodes.connect(Service.named("test", "busy").handle(Text.class, (text, stream) -> {
			release.await();
			return text;
		}));
		List<CompletableFuture<Text>> answers = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			answers.add(connection.async().sendRecv(new Text("x"), Text.class));
		}
		await().atMost(Duration.ofSeconds(50))
			.until(() -> connection.sendRecv(new WorkerQuery(), WorkerStatistics.class).queued() == 4);
		WorkerStatistics statistics = connection.sendRecv(new WorkerQuery(), WorkerStatistics.class);
		assertThat(statistics.busy()).isEqualTo(1);
		assertThat(statistics.total()).isEqualTo(1);
		release.countDown();
		answers.forEach(CompletableFuture::join);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aServiceMayTakeOverItsConnections(Scope scope) throws Exception {
		CompletableFuture<Envelope> first = new CompletableFuture<>();
		CompletableFuture<ErrorInfo> end = new CompletableFuture<>();
		Connection connection = connect(scope,
				ServiceDefinition.named(new ServiceName("test", "raw")).takeOver((link) -> new Link.Receiver() {

					@Override
					public void opened() {
						link.send(new Envelope.Credit(0, 0, 1, Envelope.Credit.Purpose.GRANT));
					}

					@Override
					public void received(Envelope envelope) {
						if (envelope instanceof Envelope.Message message) {
							first.complete(envelope);
							link.send(new Envelope.Reply(message.streamId(), message.callId(),
									new ReferencePayload(new Text("by hand"))));
						}
					}

					@Override
					public void closed(ErrorInfo cause) {
						end.complete(cause);
					}

				}));
		assertThat(connection.sendRecv(new Number(1), Text.class)).isEqualTo(new Text("by hand"));
		connection.close();
		assertThat(first.get(50, TimeUnit.SECONDS)).isInstanceOf(Envelope.Message.class);
		assertThat(end).succeedsWithin(Duration.ofSeconds(10));
	}

	record Number(int value) {
	}

	record Question(int number) {
	}

	record Text(String text) {
	}

}
