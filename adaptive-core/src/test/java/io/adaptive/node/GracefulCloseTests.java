package io.adaptive.node;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.ParallelThreads;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.Handler;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.spi.Envelope;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Leaving: what is in flight is served, the rest is told that it was not.
 */
class GracefulCloseTests {

	private static final ServiceName SERVICE = new ServiceName("test", "work");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@RegisterExtension
	private final LogLines log = new LogLines();

	private final CountDownLatch started = new CountDownLatch(1);

	@Test
	void aServiceMayHaveLessTimeThanItsNode() throws Exception {
		AdaptiveNode server = this.nodes.node(Scope.OS);
		CountDownLatch end = new CountDownLatch(1);
		CountDownLatch started = new CountDownLatch(2);
		Handler<Object> handler = (message, stream) -> {
			started.countDown();
			end.await();
			return message;
		};
		ServiceName hasty = new ServiceName("test", "hasty");
		AdaptiveServer publisher = server.newServer();
		publisher.publish(Service.named(SERVICE).handle(Timed.class, handler).drainTimeout(LONG));
		publisher.publish(Service.named(hasty).handle(Timed.class, handler).drainTimeout(Duration.ZERO));
		AdaptiveNode client = this.nodes.node(Scope.OS);
		CompletableFuture<Timed> patient = this.nodes.connect(client, Scope.OS, SERVICE)
			.async()
			.sendRecv(new Timed(1), Timed.class);
		CompletableFuture<Timed> broken = this.nodes.connect(client, Scope.OS, hasty)
			.async()
			.sendRecv(new Timed(2), Timed.class);
		started.await();
		Thread closing = new Thread(server::close);
		closing.start();
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> broken.get(LONG.toSeconds(), TimeUnit.SECONDS))
			.withCauseInstanceOf(ConnectionLostException.class);
		assertThat(patient).isNotDone();
		end.countDown();
		assertThat(patient.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Timed(1));
		closing.join();
		assertThat(this.log.warnings()).containsExactly("WARN drain incomplete service=test/hasty unfinished=1");
	}

	private final CountDownLatch mayFinish = new CountDownLatch(1);

	private Service work() {
		return Service.named(SERVICE)
			.handle(Quick.class, (quick) -> new Done(quick.number()))
			.handle(Slow.class, (slow, stream) -> {
				this.started.countDown();
				this.mayFinish.await();
				return new Done(slow.number());
			})
			.handle(Large.class, (large, stream) -> {
				this.started.countDown();
				this.mayFinish.await();
				return new Blob(new byte[large.size()]);
			});
	}

	private Connection connect(Scope scope) {
		return this.nodes.connect(this.nodes.node(scope), scope, SERVICE);
	}

	private static <T> CompletableFuture<T> inBackground(Callable<T> work) {
		CompletableFuture<T> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				result.complete(work.call());
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		thread.setDaemon(true);
		thread.start();
		return result;
	}

	private static CompletableFuture<Void> closeInBackground(AutoCloseable closeable) {
		return inBackground(() -> {
			closeable.close();
			return null;
		});
	}

	private static void await(CountDownLatch latch) throws InterruptedException {
		assertThat(latch.await(50, TimeUnit.SECONDS)).isTrue();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void callsInFlightAreAnsweredAndLaterOnesAreNotSent(Scope scope) throws Exception {
		Publication publication = this.nodes.node(scope).newServer().publish(work());
		Connection connection = connect(scope);
		CompletableFuture<Done> inFlight = inBackground(() -> connection.sendRecv(new Slow(1), Done.class));
		await(this.started);
		CompletableFuture<Void> closed = closeInBackground(publication);
		Awaitility.await().until(() -> !connection.isOpen());
		assertThatExceptionOfType(ConnectionLostException.class)
			.isThrownBy(() -> connection.sendRecv(new Quick(2), Done.class))
			.withMessageContaining("leaving")
			.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(connection::newStream);
		assertThat(inFlight).isNotDone();
		assertThat(closed).isNotDone();
		this.mayFinish.countDown();
		assertThat(inFlight).succeedsWithin(LONG).isEqualTo(new Done(1));
		assertThat(closed).succeedsWithin(LONG);
		assertThat(this.log.warnings()).isEmpty();
	}

	@RepeatedTest(10)
	void underLoadEveryCallIsAnsweredOrWasNotProcessed() throws Exception {
		leaveUnderLoad(Scope.OS);
	}

	@RepeatedTest(10)
	void underLoadOverTcpEveryCallIsAnsweredOrWasNotProcessed() throws Exception {
		leaveUnderLoad(Scope.LAN);
	}

	private void leaveUnderLoad(Scope scope) throws Exception {
		Map<Integer, Integer> handled = new ConcurrentHashMap<>();
		Queue<Integer> answered = new ConcurrentLinkedQueue<>();
		Queue<AdaptiveException> failed = new ConcurrentLinkedQueue<>();
		AtomicInteger next = new AtomicInteger();
		Publication publication = this.nodes.node(scope)
			.newServer()
			.publish(Service.named(SERVICE).handle(Quick.class, (quick) -> {
				handled.merge(quick.number(), 1, Integer::sum);
				return new Done(quick.number());
			}));
		Connection connection = connect(scope);
		ParallelThreads.run(9, (number) -> {
			if (number == 0) {
				Awaitility.await().until(() -> answered.size() > 200);
				publication.close();
				return;
			}
			try {
				while (true) {
					int request = next.incrementAndGet();
					assertThat(connection.sendRecv(new Quick(request), Done.class)).isEqualTo(new Done(request));
					answered.add(request);
				}
			}
			catch (AdaptiveException ex) {
				failed.add(ex);
			}
		});
		assertThat(failed).hasSize(8)
			.allSatisfy((ex) -> assertThat(ex.delivery()).as(ex.getMessage())
				.isIn(Delivery.NOT_SENT, Delivery.NOT_PROCESSED));
		assertThat(handled.keySet()).as("handled, answered").containsExactlyInAnyOrderElementsOf(answered);
		assertThat(handled.values()).as("at most once").allMatch((count) -> count == 1);
	}

	@SlowTest
	@ParameterizedTest
	@EnumSource(names = { "OS", "LAN" })
	void aCallThatTheGoAwayOvertookIsStillAnswered(Scope scope) throws Exception {
		Publication publication = this.nodes.node(scope)
			.newServer()
			.publish(Service.named(SERVICE).handle(Quick.class, (quick) -> null));
		try (RawPeer peer = RawPeer.introduced(this.nodes.address(scope), SERVICE)) {
			byte[] payload = new ForyCodec().encode(new Quick(1), Arrays::copyOf);
			peer.send(RawPeer.type(1, Quick.class.getName()), RawPeer.frame(RawPeer.MESSAGE, 0, 1, 2, 1, payload));
			assertThat(peer.next()).isEqualTo(new Envelope.Reply(1, 2, null));
			CompletableFuture<Void> closed = closeInBackground(publication);
			assertThat(peer.next()).isInstanceOfSatisfying(Envelope.GoAway.class,
					(goAway) -> assertThat(goAway.lastCallId()).isEqualTo(2));
			peer.sendAsMuchAsPossible(RawPeer.frame(RawPeer.MESSAGE, 0, 1, 1, 1, payload));
			assertThat(peer.next()).isEqualTo(new Envelope.Reply(1, 1, null));
			assertThat(peer.next()).isNull();
			assertThat(closed).succeedsWithin(LONG);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aLargeAnswerInFlightArrivesWholeWhenTheNodeCloses(Scope scope) throws Exception {
		AdaptiveNode server = this.nodes.node(scope);
		server.newServer().publish(work());
		Connection connection = connect(scope);
		int size = 15_000_000;
		CompletableFuture<Blob> inFlight = inBackground(() -> connection.sendRecv(new Large(size), Blob.class));
		await(this.started);
		CompletableFuture<Void> closed = closeInBackground(server);
		Awaitility.await().until(() -> !connection.isOpen());
		this.mayFinish.countDown();
		assertThat(inFlight).succeedsWithin(LONG).satisfies((blob) -> assertThat(blob.bytes()).hasSize(size));
		assertThat(closed).succeedsWithin(LONG);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void whatAClientSentBeforeItsNodeClosesArrives(Scope scope) throws Exception {
		Queue<Integer> received = new ConcurrentLinkedQueue<>();
		AdaptiveNode server = this.nodes.node(scope);
		server.newServer().publish(Service.named(SERVICE).handle(Blob.class, (blob) -> {
			received.add(blob.bytes().length);
			return null;
		}));
		AdaptiveNode client = this.nodes.node(scope);
		Connection connection = this.nodes.connect(client, scope, SERVICE);
		for (int i = 0; i < 5; i++) {
			connection.send(new Blob(new byte[3_000_000]));
		}
		client.close();
		Awaitility.await().untilAsserted(() -> assertThat(received).hasSize(5));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aHandlerThatDoesNotEndIsNotWaitedForBeyondTheDrainTimeout(Scope scope) throws Exception {
		AdaptiveNode server = this.nodes.node((builder) -> builder.drainTimeout(Duration.ofMillis(300)), scope);
		Publication publication = server.newServer().publish(work());
		Connection connection = connect(scope);
		CompletableFuture<Done> inFlight = inBackground(() -> connection.sendRecv(new Slow(1), Done.class));
		await(this.started);
		long start = System.nanoTime();
		publication.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(300),
				Duration.ofSeconds(10));
		assertThat(inFlight).failsWithin(LONG)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(ConnectionLostException.class,
					(ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.UNKNOWN));
		this.mayFinish.countDown();
		assertThat(this.log.warnings()).singleElement()
			.asString()
			.contains("drain incomplete")
			.contains(SERVICE.toString())
			.contains("unfinished=1");
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aConversationGoesOnUntilTheClientEndsIt(Scope scope) throws Exception {
		Publication publication = this.nodes.node(scope)
			.newServer()
			.publish(Service.named(SERVICE).handle(Slow.class, (slow, stream) -> {
				this.started.countDown();
				try {
					while (true) {
						stream.send(new Done(stream.recv(Quick.class).number()));
					}
				}
				catch (EndOfStreamException ex) {
					return null;
				}
			}));
		Connection connection = connect(scope);
		MessageStream stream = connection.newStream();
		stream.send(new Slow(1));
		await(this.started);
		CompletableFuture<Void> closed = closeInBackground(publication);
		Awaitility.await().until(() -> !connection.isOpen());
		for (int i = 0; i < 5; i++) {
			stream.send(new Quick(i));
			assertThat(stream.recv(Done.class)).isEqualTo(new Done(i));
		}
		assertThat(closed).isNotDone();
		stream.close();
		assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
		assertThat(this.log.warnings()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aLazyConnectionFindsTheNextInstance(Scope scope) {
		AdaptiveNode first = this.nodes.node(scope);
		first.newServer().publish(work());
		try (Connection lazy = this.nodes.node(scope).newClient().discoverTimeout(LONG).lazy(SERVICE)) {
			assertThat(lazy.sendRecv(new Quick(1), Done.class)).isEqualTo(new Done(1));
			assertThat(lazy.info().peer()).isEqualTo(first.instance());
			first.close();
			AdaptiveNode second = this.nodes.node(scope);
			second.newServer().publish(work());
			assertThat(lazy.sendRecv(new Quick(2), Done.class)).isEqualTo(new Done(2));
			assertThat(lazy.info().peer()).isEqualTo(second.instance());
		}
	}

	@RepeatedTest(5)
	void aLazyConnectionMovesWithoutLosingACallWhileTheServicesOverlap() throws Exception {
		AdaptiveNode first = this.nodes.node(Scope.OS);
		first.newServer().publish(work());
		AtomicInteger answered = new AtomicInteger();
		try (Connection lazy = this.nodes.node(Scope.OS).newClient().discoverTimeout(LONG).lazy(SERVICE)) {
			ParallelThreads.run(5, (number) -> {
				if (number == 0) {
					Awaitility.await().until(() -> answered.get() > 100);
					this.nodes.node(Scope.OS).newServer().publish(work());
					first.close();
					int before = answered.get();
					Awaitility.await().until(() -> answered.get() > before + 100);
					answered.set(Integer.MIN_VALUE);
					return;
				}
				for (int i = 0; answered.get() >= 0; i++) {
					try {
						assertThat(lazy.sendRecv(new Quick(i), Done.class)).isEqualTo(new Done(i));
						answered.incrementAndGet();
					}
					catch (ConnectionLostException ex) {
						assertThat(ex.delivery()).as(ex.getMessage()).isIn(Delivery.NOT_SENT, Delivery.NOT_PROCESSED);
					}
				}
			});
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aConnectionThatWasClosedIsNotOpen(Scope scope) {
		this.nodes.node(scope).newServer().publish(work());
		Connection connection = connect(scope);
		MessageStream stream = connection.newStream();
		connection.close();
		connection.close();
		assertThat(connection.isOpen()).isFalse();
		assertThatExceptionOfType(ConnectionLostException.class)
			.isThrownBy(() -> connection.sendRecv(new Quick(1), Done.class))
			.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> stream.recv(Done.class));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void whoWaitsForAServiceIsWokenWhenTheNodeCloses(Scope scope) throws Exception {
		AdaptiveNode node = this.nodes.node(scope);
		CompletableFuture<Connection> waiting = inBackground(() -> node.newClient().discover(SERVICE));
		Connection lazy = node.newClient().lazy(SERVICE);
		CompletableFuture<Done> lazyCall = inBackground(() -> lazy.sendRecv(new Quick(1), Done.class));
		assertThat(waiting).isNotDone();
		node.close();
		for (CompletableFuture<?> future : List.of(waiting, lazyCall)) {
			assertThat(future).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.havingCause()
				.isInstanceOfSatisfying(AdaptiveException.class,
						(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.CANCELLED));
		}
	}

	@Test
	void whoWaitsInALazyConnectionIsWokenWhenItCloses() {
		Connection lazy = this.nodes.node(Scope.OS).newClient().lazy(SERVICE);
		CompletableFuture<Done> call = inBackground(() -> lazy.sendRecv(new Quick(1), Done.class));
		lazy.close();
		assertThat(call).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(AdaptiveException.class);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void whoWaitsForAMessageIsWokenWhenTheServerGoes(Scope scope) throws Exception {
		AdaptiveNode server = this.nodes.node(scope);
		server.newServer().publish(work());
		Connection connection = connect(scope);
		MessageStream stream = connection.newStream();
		CompletableFuture<Done> waiting = inBackground(() -> stream.recv(Done.class));
		CompletableFuture<Done> waitingOnDefault = inBackground(() -> connection.recv(Done.class));
		server.close();
		for (CompletableFuture<?> future : List.of(waiting, waitingOnDefault)) {
			assertThat(future).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(ConnectionLostException.class);
		}
	}

	@RepeatedTest(10)
	void connectingWhileTheServiceLeavesNeverBreaksTheLeaving() throws Exception {
		AdaptiveNode server = this.nodes.node((builder) -> builder.drainTimeout(Duration.ofSeconds(2)), Scope.OS,
				Scope.PROCESS);
		AdaptiveNode osClient = this.nodes.node(Scope.OS);
		AdaptiveNode processClient = this.nodes.node(Scope.PROCESS);
		ParallelThreads.run(5, (number) -> {
			for (int i = 0; i < 20; i++) {
				if (number == 0) {
					server.newServer().publish(work()).close();
					continue;
				}
				AdaptiveNode client = (number % 2 == 0) ? osClient : processClient;
				try (Connection connection = client.newClient().discoverTimeout(Duration.ZERO).discover(SERVICE)) {
					connection.sendRecv(new Quick(i), Done.class);
				}
				catch (ServiceNotFoundException | ConnectionLostException ex) {
					assertThat(ex.delivery()).as(ex.getMessage()).isIn(Delivery.NOT_SENT, Delivery.NOT_PROCESSED);
				}
			}
		});
		assertThat(this.log.warnings()).noneMatch((line) -> line.startsWith("ERROR"));
	}

	record Quick(int number) {
	}

	record Slow(int number) {
	}

	record Large(int size) {
	}

	record Done(int number) {
	}

	record Blob(byte[] bytes) {
	}

	record Timed(int number) {
	}

}
