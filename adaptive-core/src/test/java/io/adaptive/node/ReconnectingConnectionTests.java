package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.annotation.Idempotent;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.ConnectionListener;
import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.ParallelThreads;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A connection that goes on with another instance.
 */
class ReconnectingConnectionTests {

	private static final ServiceName SERVICE = new ServiceName("test", "healing");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final CountDownLatch handled = new CountDownLatch(1);

	private AdaptiveNode publish() {
		AdaptiveNode node = this.nodes.node(Scope.OS);
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(ask.number())));
		return node;
	}

	/**
	 * Publishes a service whose handlers never answer.
	 */
	private AdaptiveNode publishSilent() {
		AdaptiveNode node = this.nodes.node((builder) -> builder.drainTimeout(Duration.ZERO), Scope.OS);
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> {
			this.handled.countDown();
			return new CompletableFuture<Answer>();
		}).handle(AskAgain.class, (ask) -> {
			this.handled.countDown();
			return new CompletableFuture<Answer>();
		}));
		return node;
	}

	private AdaptiveClient client() {
		return this.nodes.node(Scope.OS).newClient().discoverTimeout(LONG);
	}

	@RepeatedTest(5)
	void noCallFailsWhenItsInstanceLeavesAndAnotherIsThere() throws Exception {
		AdaptiveNode first = publish();
		AtomicInteger answered = new AtomicInteger();
		try (Connection connection = client().lazy(SERVICE)) {
			ParallelThreads.run(9, (number) -> {
				if (number == 0) {
					Awaitility.await().until(() -> answered.get() > 200);
					publish();
					first.close();
					int before = answered.get();
					Awaitility.await().until(() -> answered.get() > before + 200);
					answered.set(Integer.MIN_VALUE);
					return;
				}
				for (int i = 0; answered.get() >= 0; i++) {
					Answer answer = (number % 2 == 0) ? connection.sendRecv(new Ask(i), Answer.class)
							: connection.async().sendRecv(new Ask(i), Answer.class).get(50, TimeUnit.SECONDS);
					assertThat(answer).isEqualTo(new Answer(i));
					answered.incrementAndGet();
				}
			});
		}
	}

	@RepeatedTest(5)
	void noCallFailsWhenTheOnlyInstanceLeavesAndAnotherComesLater() throws Exception {
		AdaptiveNode first = publish();
		AtomicInteger answered = new AtomicInteger();
		try (Connection connection = client().lazy(SERVICE)) {
			ParallelThreads.run(9, (number) -> {
				if (number == 0) {
					Awaitility.await().until(() -> answered.get() > 200);
					first.close();
					int before = answered.get();
					publish();
					Awaitility.await().until(() -> answered.get() > before + 200);
					answered.set(Integer.MIN_VALUE);
					return;
				}
				for (int i = 0; answered.get() >= 0; i++) {
					Answer answer = (number % 2 == 0) ? connection.sendRecv(new Ask(i), Answer.class)
							: connection.async().sendRecv(new Ask(i), Answer.class).get(50, TimeUnit.SECONDS);
					assertThat(answer).isEqualTo(new Answer(i));
					answered.incrementAndGet();
				}
			});
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aCallThatMayHaveBeenProcessedFailsAtOnce(boolean async) throws Exception {
		AdaptiveNode first = publishSilent();
		Connection connection = client().lazy(SERVICE);
		CompletableFuture<Answer> call = async ? connection.async().sendRecv(new Ask(1), Answer.class)
				: CompletableFuture.supplyAsync(() -> connection.sendRecv(new Ask(1), Answer.class));
		assertThat(this.handled.await(50, TimeUnit.SECONDS)).isTrue();
		publish();
		first.close();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> call.get(50, TimeUnit.SECONDS))
			.havingCause()
			.isInstanceOf(AdaptiveException.class)
			.satisfies((ex) -> assertThat(((AdaptiveException) ex).delivery()).isEqualTo(Delivery.UNKNOWN));
		assertThat(connection.sendRecv(new Ask(2), Answer.class)).isEqualTo(new Answer(2));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aCallThatDoesNoHarmTwiceIsSentToAnotherInstance(boolean async) throws Exception {
		AdaptiveNode first = publishSilent();
		Connection connection = client().lazy(SERVICE);
		CompletableFuture<Answer> call = async ? connection.async().sendRecv(new AskAgain(1), Answer.class)
				: CompletableFuture.supplyAsync(() -> connection.sendRecv(new AskAgain(1), Answer.class));
		assertThat(this.handled.await(50, TimeUnit.SECONDS)).isTrue();
		AdaptiveNode second = this.nodes.node(Scope.OS);
		second.newServer()
			.publish(Service.named(SERVICE).handle(AskAgain.class, (ask) -> new Answer(ask.number() + 100)));
		first.close();
		assertThat(call.get(50, TimeUnit.SECONDS)).isEqualTo(new Answer(101));
	}

	@RepeatedTest(5)
	void aCallThatFailsDoesNotWaitWhereOthersDo() throws Exception {
		AdaptiveNode only = publishSilent();
		Connection connection = this.nodes.node(Scope.OS).newClient().lazy(SERVICE);
		CompletableFuture<Answer> call = CompletableFuture
			.supplyAsync(() -> connection.sendRecv(new AskAgain(1), Answer.class));
		assertThat(this.handled.await(50, TimeUnit.SECONDS)).isTrue();
		Thread waiter = new Thread(() -> {
			while (connection.isOpen()) {
				try {
					connection.info();
				}
				catch (AdaptiveException ex) {
					// Nobody is there.
				}
			}
		});
		waiter.start();
		only.close();
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> call.get(LONG.toSeconds(), TimeUnit.SECONDS))
			.withCauseInstanceOf(AdaptiveException.class);
		connection.close();
		waiter.join(20_000);
		assertThat(waiter.isAlive()).isFalse();
	}

	@Test
	void callsThatNobodyWaitsForTakeOneThreadAndAreNotSentOnceTheyAreCancelled() throws Exception {
		AtomicInteger asked = new AtomicInteger();
		try (Connection connection = this.nodes.node(Scope.OS).newClient().lazy(SERVICE)) {
			List<CompletableFuture<Answer>> cancelled = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				cancelled.add(connection.async().sendRecv(new Ask(i), Answer.class));
			}
			CompletableFuture<Answer> wanted = connection.async().sendRecv(new Ask(100), Answer.class);
			assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> thread.getName().equals("adaptive-discover"))
				.hasSizeLessThan(2);
			cancelled.forEach((call) -> call.cancel(false));
			this.nodes.node(Scope.OS).newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> {
				asked.incrementAndGet();
				return new Answer(ask.number());
			}));
			assertThat(wanted.get(50, TimeUnit.SECONDS)).isEqualTo(new Answer(100));
			assertThat(connection.sendRecv(new Ask(101), Answer.class)).isEqualTo(new Answer(101));
			assertThat(asked).hasValue(2);
		}
	}

	@Test
	void aCallFailsWithItsClassWhereNoOtherInstanceIs() throws Exception {
		AdaptiveNode only = publishSilent();
		Connection connection = client().lazy(SERVICE);
		CompletableFuture<Answer> call = connection.async().sendRecv(new AskAgain(1), Answer.class);
		assertThat(this.handled.await(50, TimeUnit.SECONDS)).isTrue();
		only.close();
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> call.get(LONG.toSeconds(), TimeUnit.SECONDS))
			.withCauseInstanceOf(AdaptiveException.class);
	}

	@Test
	void otherStreamsEndWithTheirCauseAndTheListenerIsTold() {
		AdaptiveNode first = publish();
		Told told = new Told();
		try (Connection connection = client().lazy(SERVICE, told)) {
			MessageStream stream = connection.newStream();
			assertThat(stream.sendRecv(new Ask(1), Answer.class)).isEqualTo(new Answer(1));
			AdaptiveNode second = publish();
			first.close();
			assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> stream.recv(Answer.class));
			assertThat(connection.newStream().sendRecv(new Ask(2), Answer.class)).isEqualTo(new Answer(2));
			Awaitility.await()
				.untilAsserted(() -> assertThat(told.events).containsExactly("connected " + first.instance(),
						"lost " + first.instance(), "connected " + second.instance()));
		}
	}

	@SlowTest
	@Test
	void aKilledInstanceIsReplacedAtOnce() {
		try (ChildJvm killed = ChildJvm.start(EchoProgram.class, this.nodes.directory())) {
			killed.awaitLine(EchoProgram.UP);
			ServiceName echo = new ServiceName("test", "echo");
			try (Connection connection = client().lazy(echo)) {
				EchoProgram.Ball ball = new EchoProgram.Ball(1, 1);
				assertThat(connection.sendRecv(ball, EchoProgram.Ball.class)).isEqualTo(ball);
				AdaptiveNode other = this.nodes.node(Scope.OS);
				other.newServer().publish(Service.named(echo).handle(EchoProgram.Ball.class, (each) -> each));
				killed.kill();
				Awaitility.await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
					assertThat(connection.sendRecv(ball, EchoProgram.Ball.class)).isEqualTo(ball);
					assertThat(connection.info().peer()).isEqualTo(other.instance());
				});
			}
		}
	}

	@Test
	void cancellingAnAsynchronousCallReachesTheServer() throws Exception {
		CompletableFuture<Answer> answer = new CompletableFuture<>();
		AdaptiveNode server = this.nodes.node(Scope.OS);
		server.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> {
			this.handled.countDown();
			return answer;
		}));
		CompletableFuture<Answer> call = client().lazy(SERVICE).async().sendRecv(new Ask(1), Answer.class);
		assertThat(this.handled.await(50, TimeUnit.SECONDS)).isTrue();
		call.cancel(true);
		assertThatExceptionOfType(CancellationException.class).isThrownBy(call::get);
		Awaitility.await().until(answer::isCancelled);
	}

	record Ask(int number) {
	}

	@Idempotent
	record AskAgain(int number) {
	}

	record Answer(int number) {
	}

	private static final class Told implements ConnectionListener {

		private final Queue<String> events = new ConcurrentLinkedQueue<>();

		@Override
		public void connected(ConnectionInfo connection) {
			this.events.add("connected " + connection.peer());
		}

		@Override
		public void lost(ConnectionInfo connection, ErrorInfo cause) {
			this.events.add("lost " + connection.peer());
		}

	}

}
